title = More settings
title_of = More settings: { $name }
lead = Everything else that a task definition can contain. You can leave most of it unchanged
is_set = { $n } set
unset = Not set
yes = Yes
no = No
line = As one line, quoted as in a shell
words = Word by word
word = Word { $n }
add = Add to { $label }
add_short = Add
key = Key
value = Value
rest = { $n ->
    [one] 1 more is in the JSON
   *[other] { $n } more are in the JSON
}
offline = Could not load this part. Your answers are kept in this browser. Try again when you are back online
