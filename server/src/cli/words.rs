//! What the commands say, in both languages. Findings have their texts in `taskdef`.

use super::{
    policy::{self, Why, Wrong},
    sources::{Cause, LARGEST, Unreadable},
};
use taskdef::{
    Finding, Lang, Severity,
    formats::import::{NotJson, Refusal},
    lint::{Unfixed, autofix::Left},
    messages,
    summary::Summary,
};

/// A word for a number of things.
fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// A severity.
pub fn severity(lang: Lang, severity: Severity) -> &'static str {
    match (lang, severity) {
        (Lang::En, Severity::Error) => "error",
        (Lang::En, Severity::Warning) => "warning",
        (Lang::En, Severity::Advice) => "suggestion",
        (Lang::Ko, Severity::Error) => "오류",
        (Lang::Ko, Severity::Warning) => "경고",
        (Lang::Ko, Severity::Advice) => "제안",
    }
}

/// The word for what is true of nearly every definition.
pub fn note(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "note",
        Lang::Ko => "참고",
    }
}

/// A file that a conversion would replace.
pub fn exists(lang: Lang, name: &str) -> String {
    match lang {
        Lang::En => format!("{name}: already exists, so nothing was written. Choose another folder or move the file"),
        Lang::Ko => format!("{name}: 파일이 이미 있어서 아무것도 저장하지 않았어요. 다른 폴더를 고르거나 파일을 옮겨 주세요"),
    }
}

/// The files of a conversion that were not printed.
pub fn others(lang: Lang, names: &str) -> String {
    match lang {
        Lang::En => format!("not printed: {names}. Use --out to write every file"),
        Lang::Ko => format!("출력하지 않은 파일: {names}. 모두 저장하려면 --out을 써 주세요"),
    }
}

/// Before the reason for a finding.
pub fn why(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "why",
        Lang::Ko => "이유",
    }
}

/// Before what to do about it.
pub fn how(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "fix",
        Lang::Ko => "해결",
    }
}

/// Why a rule has no fix.
pub fn unfixed(lang: Lang, unfixed: Unfixed) -> &'static str {
    match (lang, unfixed) {
        (Lang::En, Unfixed::Value) => "no automatic fix: only you know the right value",
        (Lang::En, Unfixed::Elsewhere) => "no automatic fix: the change is made outside the definition",
        (Lang::En, Unfixed::Design) => "no automatic fix: it depends on how your program works",
        (Lang::En, Unfixed::Nothing) => "no fix needed",
        (Lang::Ko, Unfixed::Value) => "자동 수정 없음: 알맞은 값은 직접 정해야 해요",
        (Lang::Ko, Unfixed::Elsewhere) => "자동 수정 없음: 태스크 정의 밖에서 바꿔야 해요",
        (Lang::Ko, Unfixed::Design) => "자동 수정 없음: 프로그램의 동작 방식에 따라 달라요",
        (Lang::Ko, Unfixed::Nothing) => "수정 필요 없음: 바꿀 것이 없어요",
    }
}

/// An unknown `--from`.
pub fn no_format(lang: Lang, names: impl Iterator<Item = &'static str>) -> String {
    let names = names.collect::<Vec<_>>().join(", ");
    match lang {
        Lang::En => format!("--from must be one of: {names}"),
        Lang::Ko => format!("--from 값은 다음 중 하나로 써 주세요: {names}"),
    }
}

/// Several definitions, or none, and no folder for them.
pub fn several(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "the import does not produce exactly one definition: use --output FOLDER or --json",
        Lang::Ko => "가져온 태스크 정의가 하나가 아니에요. --output 옵션에 폴더를 적거나 --json 옵션을 써 주세요",
    }
}

/// How to choose one of several tasks.
pub fn which_task(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "Use --task NAME for one of them, or --out FOLDER for all",
        Lang::Ko => "하나만 쓰려면 --task 이름을, 모두 쓰려면 --out 폴더를 적어 주세요",
    }
}

/// Before where a rule comes from.
pub fn source(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "source",
        Lang::Ko => "출처",
    }
}

/// The last line.
pub fn totals(lang: Lang, files: usize, sum: &Summary, hidden: usize, ignored: usize) -> String {
    let mut text = match lang {
        Lang::En => {
            format!("{}: {}, {}, {}", count(files, "file"), count(sum.errors, "error"), count(sum.warnings, "warning"), count(sum.advice, "suggestion"))
        }
        Lang::Ko => format!("파일 {files}개: 오류 {}개, 경고 {}개, 제안 {}개", sum.errors, sum.warnings, sum.advice),
    };
    if sum.next > 0 {
        text += &match lang {
            Lang::En => format!(", {} good to know", sum.next),
            Lang::Ko => format!(", 알아 두면 좋은 것 {}가지", sum.next),
        };
    }
    if hidden > 0 {
        text += &match lang {
            Lang::En => format!(" ({hidden} not shown: --level advice)"),
            Lang::Ko => format!(" ({hidden}개는 --level advice로 볼 수 있어요)"),
        };
    }
    if ignored > 0 {
        text += &match lang {
            Lang::En => format!(", {ignored} ignored by {}", policy::NAME),
            Lang::Ko => format!(", {}에서 무시한 문제 {ignored}개", policy::NAME),
        };
    }
    text
}

/// How old the rules are.
pub fn rules_as_of(lang: Lang) -> String {
    match lang {
        Lang::En => format!("rules as of {}", taskdef::lint::AS_OF),
        Lang::Ko => format!("규칙 기준일 {}", taskdef::lint::AS_OF),
    }
}

/// A file that cannot be checked.
pub fn unreadable(lang: Lang, what: &Unreadable) -> String {
    format!("{}: {}", what.name, cause(lang, &what.cause))
}

fn cause(lang: Lang, cause: &Cause) -> String {
    let mib = LARGEST / 1024 / 1024;
    match (lang, cause) {
        (Lang::En, Cause::Missing) => "no such file. Check the path, which is relative to the current folder".into(),
        (Lang::Ko, Cause::Missing) => "파일이 없어요. 경로를 확인해 주세요. 현재 폴더를 기준으로 찾아요".into(),
        (Lang::En, Cause::Forbidden) => "no permission to read it".into(),
        (Lang::Ko, Cause::Forbidden) => "읽을 권한이 없어요".into(),
        (Lang::En, Cause::TooLarge) => format!("larger than {mib} MiB. AWS accepts task definitions up to 64 KiB, so this is another file"),
        (Lang::Ko, Cause::TooLarge) => format!("{mib}MiB보다 커요. AWS는 64KiB까지만 받으니 태스크 정의가 아닌 파일이에요"),
        (Lang::En, Cause::NotUtf8(line)) => format!("not UTF-8 (line {line}). Save it as UTF-8; AWS reads nothing else"),
        (Lang::Ko, Cause::NotUtf8(line)) => format!("UTF-8이 아니에요({line}번째 줄). AWS는 UTF-8만 읽으니 UTF-8로 저장해 주세요"),
        (Lang::En, Cause::Utf16) => "UTF-16, which > in Windows PowerShell writes. Save it as UTF-8: … | Out-File -Encoding utf8 FILE".into(),
        (Lang::Ko, Cause::Utf16) => {
            "UTF-16 파일이에요. Windows PowerShell의 >로 저장하면 이렇게 돼요. … | Out-File -Encoding utf8 FILE처럼 UTF-8로 저장해 주세요".into()
        }
        (Lang::En, Cause::NoMatch) => "no file matches this pattern".into(),
        (Lang::Ko, Cause::NoMatch) => "이 패턴에 맞는 파일이 없어요".into(),
        (Lang::En, Cause::BadGlob(said)) => format!("not a valid pattern: {said}"),
        (Lang::Ko, Cause::BadGlob(said)) => format!("잘못된 패턴이에요: {said}"),
        (Lang::En, Cause::NoDefinition(others)) => {
            let found = if *others == 0 {
                "no JSON, template or Terraform file".to_owned()
            } else {
                format!("{}, but none has containerDefinitions", count(*others, "file"))
            };
            format!("no task definition in this folder ({found})")
        }
        (Lang::Ko, Cause::NoDefinition(others)) => {
            let found = if *others == 0 {
                "JSON, 템플릿, Terraform 파일이 없음".to_owned()
            } else {
                format!("파일 {others}개에 containerDefinitions가 없음")
            };
            format!("이 폴더에는 태스크 정의가 없어요({found})")
        }
        (Lang::En, Cause::TooMany) => "more than 10,000 files. Use narrower paths".into(),
        (Lang::Ko, Cause::TooMany) => "파일이 10,000개를 넘어요. 범위를 줄여 주세요".into(),
        (lang, Cause::Refused(refusal)) => refused(lang, refusal),
        (_, Cause::Other(error)) => error.to_string(),
    }
}

/// Why a text of another format cannot be read: where, what, and what to do.
pub fn refused(lang: Lang, refusal: &Refusal) -> String {
    let place = match (lang, refusal.place.line) {
        (_, 0) => String::new(),
        (Lang::En, line) => format!("line {line}: "),
        (Lang::Ko, line) => format!("{line}번째 줄: "),
    };
    let how = refusal.said.how(lang).map(|how| format!(". {how}")).unwrap_or_default();
    format!("{place}{}{how}", refusal.words(lang))
}

/// Parts of a file of another format that no task definition has a place for.
pub fn no_place(lang: Lang, parts: usize) -> String {
    match lang {
        Lang::En => format!("look at {} of this file before you run it on ECS: taskwright import shows the report", count(parts, "part")),
        Lang::Ko => format!("ECS에서 실행하려면 이 파일에서 {parts}곳을 더 확인해야 해요. taskwright import로 보고서를 볼 수 있어요"),
    }
}

/// What is wrong in the settings.
pub fn wrong(lang: Lang, wrong: &Wrong) -> String {
    let place = wrong.at.map_or_else(|| wrong.file.clone(), |(line, column)| format!("{}:{line}:{column}", wrong.file));
    let said = match (lang, &wrong.why) {
        (_, Why::Unreadable(why)) => cause(lang, why),
        (Lang::En, Why::Toml(said)) => format!("not valid settings: {said}"),
        (Lang::Ko, Why::Toml(said)) => format!("설정 파일 형식이 맞지 않아요: {said}"),
        (_, Why::UnknownRule(id, nearest)) => unknown_rule(lang, id, *nearest),
        (Lang::En, Why::UnknownLevel(level)) => {
            format!("“{level}” is not a level. Use \"error\", \"warning\" or \"advice\"; to turn a rule off, add an [[ignore]] entry with a reason")
        }
        (Lang::Ko, Why::UnknownLevel(level)) => {
            format!("수준은 \"error\", \"warning\", \"advice\" 중 하나여야 해요. 지금 값: ‘{level}’. 규칙을 끄려면 이유를 적은 [[ignore]] 항목을 추가해 주세요")
        }
        (Lang::En, Why::NoReason(rule)) => {
            format!("{rule} is ignored without a reason. Add reason = \"…\", so that the next reader can tell whether it still applies")
        }
        (Lang::Ko, Why::NoReason(rule)) => {
            format!("{rule} 규칙을 무시하는 이유가 없어요. 지금도 필요한지 다음 사람이 알 수 있게 reason = \"…\"을 추가해 주세요")
        }
        (Lang::En, Why::Glob(pattern, said)) => format!("“{pattern}” is not a valid pattern: {said}"),
        (Lang::Ko, Why::Glob(pattern, said)) => format!("‘{pattern}’ 패턴이 잘못됐어요: {said}"),
        (Lang::En, Why::Path(path)) => format!("“{path}” is not a JSON Pointer. Start with a slash, such as /containerDefinitions/0"),
        (Lang::Ko, Why::Path(path)) => format!("‘{path}’ 경로는 JSON Pointer가 아니에요. /containerDefinitions/0처럼 /로 시작해 주세요"),
    };
    format!("{place}: {said}")
}

/// A rule that does not exist.
pub fn unknown_rule(lang: Lang, id: &str, nearest: Option<&str>) -> String {
    match (lang, nearest) {
        (Lang::En, Some(rule)) => format!("there is no rule “{id}”. Did you mean {rule}?"),
        (Lang::En, None) => format!("there is no rule “{id}”. `taskwright rules` lists all of them"),
        (Lang::Ko, Some(rule)) => format!("‘{id}’ 규칙은 없어요. {rule} 규칙을 찾고 있나요?"),
        (Lang::Ko, None) => format!("‘{id}’ 규칙은 없어요. taskwright rules 명령으로 모든 규칙을 볼 수 있어요"),
    }
}

/// A fix that was made, or would be.
pub fn fixed(lang: Lang, dry: bool) -> &'static str {
    match (lang, dry) {
        (Lang::En, false) => "fixed",
        (Lang::En, true) => "would fix",
        (Lang::Ko, false) => "수정함",
        (Lang::Ko, true) => "수정 예정",
    }
}

/// A fix that was not made, and why.
pub fn left(lang: Lang, finding: &Finding, why: &Left) -> String {
    let labels = messages::of_finding(lang, finding).labels;
    match (lang, why) {
        (Lang::En, Left::Choice) if labels.len() > 1 => format!("not fixed: choose one: {}", labels.join(" | ")),
        (Lang::Ko, Left::Choice) if labels.len() > 1 => format!("수정하지 않음: 하나를 골라 주세요: {}", labels.join(" | ")),
        (Lang::En, Left::Choice) => format!("not fixed: needs your decision: {}", labels.join(" | ")),
        (Lang::Ko, Left::Choice) => format!("수정하지 않음: 직접 정해야 해요: {}", labels.join(" | ")),
        (Lang::En, Left::Brings(rule)) => format!("not fixed: the fix would cause another problem ({rule})"),
        (Lang::Ko, Left::Brings(rule)) => format!("수정하지 않음: 고치면 다른 문제가 생겨요({rule})"),
        (Lang::En, Left::Place) => "not fixed: the text cannot be changed here without touching the rest; use the web editor".into(),
        (Lang::Ko, Left::Place) => "수정하지 않음: 이 부분만 따로 바꿀 수 없어요. 웹 편집기에서 고쳐 주세요".into(),
    }
}

/// Standard input has no file to fix.
pub fn no_file(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "-: standard input cannot be fixed in place; give a file name, or use --diff",
        Lang::Ko => "-: 표준 입력은 바로 고쳐 저장할 수 없어요. 파일 이름을 적거나 --diff를 써 주세요",
    }
}

/// A file that could not be written.
pub fn unwritten(lang: Lang, name: &str, error: &std::io::Error) -> String {
    match lang {
        Lang::En => format!("{name}: not changed: {error}"),
        Lang::Ko => format!("{name}: 바꾸지 못했어요: {error}"),
    }
}

/// A text of which nothing is known.
pub fn not_known(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "We do not recognise this text. Look for the first error before it, or for the stopped reason: aws ecs describe-tasks",
        Lang::Ko => "아직 모르는 메시지예요. 그보다 먼저 나온 오류를 찾거나, aws ecs describe-tasks 명령으로 중지된 이유를 확인해 주세요",
    }
}

/// A known text that is not the one that was read.
pub fn similar(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "Similar, but not the same",
        Lang::Ko => "비슷하지만 같지는 않은 메시지",
    }
}

/// Nothing in the definition has to change.
pub fn definition_is_right(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "Your definition is correct. The problem is outside it.",
        Lang::Ko => "태스크 정의에는 문제가 없어요. 정의 밖에서 고쳐야 해요.",
    }
}

/// Before a place in the definition.
pub fn place(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "in your definition",
        Lang::Ko => "정의에서 볼 곳",
    }
}

/// Before what follows from a cause.
pub fn follows(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "consequence",
        Lang::Ko => "그 결과",
    }
}

/// A definition that cannot be read.
pub fn no_definition(lang: Lang, error: &NotJson) -> String {
    match lang {
        Lang::En => format!("--definition: not JSON at line {}, column {}", error.line, error.column),
        Lang::Ko => format!("--definition: JSON이 아니에요. {}번째 줄 {}번째 글자를 확인해 주세요", error.line, error.column),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_written_as_several() {
        let sum = |errors, warnings| Summary { errors, warnings, advice: 0, next: 0 };
        assert_eq!(totals(Lang::En, 1, &sum(1, 2), 0, 0), "1 file: 1 error, 2 warnings, 0 suggestions");
        assert_eq!(
            totals(Lang::Ko, 2, &sum(1, 0), 3, 1),
            "파일 2개: 오류 1개, 경고 0개, 제안 0개 (3개는 --level advice로 볼 수 있어요), taskwright.toml에서 무시한 문제 1개"
        );
        let next = Summary { next: 9, ..sum(0, 0) };
        assert_eq!(totals(Lang::En, 1, &next, 9, 0), "1 file: 0 errors, 0 warnings, 0 suggestions, 9 good to know (9 not shown: --level advice)");
        let folder = Unreadable { name: "a".into(), cause: Cause::NoDefinition(1) };
        assert_eq!(unreadable(Lang::En, &folder), "a: no task definition in this folder (1 file, but none has containerDefinitions)");
    }
}
