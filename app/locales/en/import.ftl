title = Import
read_as = Read as: { $format }
format = Format
format_hint = Change this if Taskwright detected the wrong format
format_auto = Detect it
questions = Questions before the drafts
questions_p = Every question already has an answer. Change what is different for you, then create the drafts.
more = { $n ->
    [one] 1 more question
   *[other] { $n } more questions
}
make = { $n ->
    [one] Create the draft
   *[other] Create { $n } drafts
}
look = Update the preview
drafts = { $n ->
    [one] One draft: { $names }
   *[other] { $n } drafts: { $names }
}
services = Services
services_p = One task is one small computer: its containers start, stop and scale together, and reach each other at 127.0.0.1.
needs = Needs: { $names }
task = Task { $n }
no_task = No task
report = Import report
report_p = Questions come first, then what can break. Values that look like credentials are never shown.
parts = What happened to each part
same = { $n ->
    [one] 1 part has the same effect
   *[other] { $n } parts have the same effect
}
files = Files to use with the draft
files_p = ECS cannot mount files from your computer. Build the image with these lines instead.
line = line { $n }
line_text = line { $line }: { $text }
text = Your text
back = Start page
to_review = Review
to_draft = Open the draft
download = Download the report
o_asked = Question
o_dropped = Not supported
o_harmless = Not needed
o_changed = Different
o_elsewhere = Belongs elsewhere
o_exact = Same
