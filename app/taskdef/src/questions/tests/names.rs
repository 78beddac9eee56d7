//! The names of questions and buttons.

use super::*;

#[test]
fn every_question_of_a_draft_is_read_back_from_its_name() {
    let mut d = Draft::tutorial();
    for list in ["secrets", "dependsOn"] {
        press(&mut d, &format!("add:/containerDefinitions/1/{list}"));
    }
    let all = Question::all(&d);
    let kinds: std::collections::HashSet<_> = all.iter().map(std::mem::discriminant).collect();
    assert_eq!(kinds.len(), if cfg!(feature = "server") { 11 } else { 10 }, "the draft has a question of every kind");
    let names: std::collections::HashSet<String> = all.iter().map(Question::to_string).collect();
    assert_eq!(names.len(), all.len(), "no two questions have the same name");
    for question in all {
        assert_eq!(question.to_string().parse(), Ok(question));
        assert_eq!(crate::Step::of_place(&question.place()), question.step(), "{question}: the place is asked for on the page of the question");
    }
}

#[test]
fn names_that_no_page_has_are_no_questions() {
    for name in [
        "",
        "rev",
        "op",
        "dotenv",
        "/title",
        "/aside/tried",
        "/definition/family",
        "/containerDefinitions",
        "/containerDefinitions/0",
        "/containerDefinitions/00/image",
        "/containerDefinitions/-1/image",
        "/containerDefinitions/0/environment",
        "/containerDefinitions/0/environment/0",
        "/containerDefinitions/0/environment/01/name",
        "/containerDefinitions/0/environment/0/name/x",
        "/containerDefinitions/0/healthCheck",
        "/containerDefinitions/0/healthCheck~x",
        "/containerDefinitions/0/healthCheckinterval",
        "/containerDefinitions/0/logConfiguration/options/awslogs-region",
        "/title/0",
    ] {
        assert_eq!(name.parse::<Question>(), Err(UnknownQuestion), "{name}");
    }
}

#[test]
fn every_button_is_read_back_from_its_word() {
    let fix = Fix::Finding { rule: "port-conflict".into(), index: 1, place: "/containerDefinitions/0/name:x".into() };
    let lists = [List::Containers, List::Environment(0), List::Secrets(1), List::PortMappings(2), List::DependsOn(3)];
    let mut all = vec![
        Action::GoOn,
        Action::Exit,
        Action::Update,
        Action::Undo,
        Action::Redo,
        Action::Fix(fix),
        Action::Fix(Fix::Diagnosis("exited".into())),
        Action::Fix(Fix::Rule("task-null-values".into())),
    ];
    all.extend(lists.into_iter().flat_map(|list| [Action::Add(list), Action::Remove(list, 7)]));
    all.extend([Action::Duplicate(0), Action::Up(1), Action::Down(2), Action::PasteEnv(3)]);
    for action in all {
        assert_eq!(action.to_string().parse(), Ok(action));
    }
    for op in [
        "add:/family",
        "remove:/containerDefinitions",
        "remove:/family/0",
        "up:/containerDefinitions/0/environment/0",
        "dotenv:/containerDefinitions",
        "x",
        "fix:a:b:c",
    ] {
        assert_eq!(op.parse::<Action>(), Err(UnknownAction), "{op}");
    }
}
