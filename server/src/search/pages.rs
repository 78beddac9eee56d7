//! Pages, and what can be done.

use super::entry::{Entry, Kind, Target};
use app::{address::Page, step_name, tr};
use taskdef::{
    Lang, Step,
    questions::{Action, List},
};

type Text = fn(Lang) -> &'static str;

/// Pages that each container has: id, title, address.
type Each = (&'static str, Text, fn(usize) -> Page);

/// Name, title, sentence, where a page without a draft tells of it, other names.
struct Row(&'static str, Kind, Text, Text, &'static str, &'static str, Target);

const NONE: Text = |_| "";

#[rustfmt::skip]
fn rows() -> [Row; 28] {
    let draft = Target::Draft;
    let site = |path: &str| Target::Site(path.to_owned());
    [
        Row("add-container", Kind::Action, |l| tr!(l, containers.add), NONE, "glossary#container", "new container, 새 컨테이너, 사이드카, sidecar", Target::Press(Action::Add(List::Containers))),
        Row("undo", Kind::Action, |l| tr!(l, common.undo), NONE, "", "되돌리기, 취소, ctrl z, undo", Target::Press(Action::Undo)),
        Row("redo", Kind::Action, |l| tr!(l, common.redo), NONE, "", "다시 하기, redo", Target::Press(Action::Redo)),
        Row("exit", Kind::Action, |l| tr!(l, common.exit), NONE, "", "저장, save, 나가기, 종료", Target::Press(Action::Exit)),
        Row("share", Kind::Page, |l| tr!(l, common.share_title), |l| tr!(l, search.share_p), "", "공유, 링크, link, share, 이름 바꾸기, rename, 보관 기간", draft("share")),
        Row("export", Kind::Action, |l| tr!(l, search.export), |l| tr!(l, search.export_p), "", "내려받기, 다운로드, download, export, 내보내기, json 파일, 복사, copy", Target::Wizard(Page::Step(Step::Review), "export-h")),
        Row("formats", Kind::Page, |l| tr!(l, search.formats), |l| tr!(l, search.formats_p), "", "terraform, 테라폼, cloudformation, cdk, compose, docker compose, 컴포즈, yaml, ecspresso, github actions", draft("export")),
        Row("editor", Kind::Page, |l| tr!(l, common.editor), |l| tr!(l, search.editor_p), "", "json, 편집, edit, 직접 편집, raw", draft("json")),
        Row("register", Kind::Action, |l| tr!(l, common.register), |l| tr!(l, search.register_p), "", "등록, 배포, deploy, register, cloudshell, deploy.sh, 올리기", draft("register")),
        Row("clean", Kind::Action, |l| tr!(l, search.clean), |l| tr!(l, search.clean_p), "#recent-h", "삭제, 지우기, 정리, delete, remove, clean up, teardown, aws 리소스 삭제, 요금 멈추기, 중지, stop", Target::Wizard(Page::Step(Step::Review), "next-clean")),
        Row("delete-draft", Kind::Action, |l| tr!(l, share.delete), |l| tr!(l, share.delete_p), "", "초안 삭제, delete draft", draft("share#delete-h")),
        Row("remove-container", Kind::Action, |l| tr!(l, search.remove_container), NONE, "", "컨테이너 삭제, delete container, remove container", Target::Each(Page::Container)),
        Row("run", Kind::Action, |l| tr!(l, search.run), |l| tr!(l, search.run_p), "glossary#task", "실행, 태스크 실행, run, run task, run-task, 시작, start", Target::Wizard(Page::Step(Step::Review), "next-h")),
        Row("service", Kind::Action, |l| tr!(l, search.service), |l| tr!(l, search.service_p), "glossary#service", "서비스, service, create-service, 로드 밸런서, 로드밸런서, load balancer, alb, 보안 그룹, security group, 오토 스케일링, 자동 스케일링, autoscaling, scaling, 다음 단계, next steps", Target::Wizard(Page::Step(Step::Review), "next-h")),
        Row("history", Kind::Page, |l| tr!(l, common.history), |l| tr!(l, search.history_p), "", "기록, 이전 버전, 버전, version, 복구, 되살리기, restore", draft("history")),
        Row("inspect", Kind::Page, |l| tr!(l, common.inspect), |l| tr!(l, search.inspect_p), "", "이미지 확인, 레지스트리, registry, inspect", draft("inspect")),
        Row("fixes", Kind::Action, |l| tr!(l, review.fix_all), |l| tr!(l, review.fix_all_p), "", "고치기, 자동 수정, fix, fix all, autofix", draft("fixes")),
        Row("findings", Kind::Action, |l| tr!(l, review.findings), |l| tr!(l, search.findings_p), "rules", "오류 확인, 검사, 검증, validate, check, 문제", Target::Wizard(Page::Step(Step::Review), "findings-h")),
        Row("note", Kind::Action, |l| tr!(l, review.note), |l| tr!(l, review.note_p), "", "마크다운, markdown, 블로그, 요약, summary, 과제", draft("note")),
        Row("since", Kind::Page, |l| tr!(l, review.since), NONE, "", "diff, 차이, 비교, compare, 변경", draft("since")),
        Row("doctor", Kind::Page, |l| tr!(l, common.doctor), |l| tr!(l, search.doctor_p), "doctor", "오류, 에러, error, 실패, failed, 안돼요, 안 됨, 접속이 안돼요, troubleshoot, 트러블슈팅, 문제 해결", draft("doctor")),
        Row("glossary", Kind::Page, |l| tr!(l, common.glossary), |l| tr!(l, glossary.lead), "glossary", "용어, 뜻, 용어집, words, glossary", site("glossary")),
        Row("rules", Kind::Page, |l| tr!(l, common.all_rules), |l| tr!(l, search.rules_p), "rules", "규칙, rules, lint", site("rules")),
        Row("mine", Kind::Page, |l| tr!(l, home.recent), |l| tr!(l, home.recent_p), "", "최근, 내 초안, my drafts, recent", site("#recent-h")),
        Row("home", Kind::Page, |l| tr!(l, common.home), |l| tr!(l, home.start), "", "홈, home, 새로 만들기, new draft, 예제, example, 템플릿, template", site("")),
        Row("import", Kind::Action, |l| tr!(l, home.import_h), |l| tr!(l, home.bring_p), "", "가져오기, 불러오기, import, paste, 붙여넣기, docker run, docker-compose, compose 가져오기", site("#import-h")),
        Row("network", Kind::Page, |l| tr!(l, search.who), |l| tr!(l, ports.who_p), "glossary#port-mapping", "접속, 외부 접속, 퍼블릭 ip, public ip, 인터넷, internet, localhost", Target::Wizard(Page::Step(Step::Ports), "")),
        Row("findings-later", Kind::Page, |l| tr!(l, review.next), |l| tr!(l, search.service_p), "", "다음, 그다음, what next", Target::Wizard(Page::Step(Step::Review), "next-h")),
    ]
}

/// All of them: first the steps.
pub(super) fn entries() -> Vec<Entry> {
    let steps = Step::ALL.into_iter().map(|step| {
        let page = if step == Step::Health { Page::Health(0) } else { Page::Step(step) };
        let title = |l: Lang| format!("{} {}", step.number(), step_name(l, step));
        Entry::new(Kind::Page, format!("step:{}", step.slug()), title, |_| String::new(), "", step.slug(), Target::Wizard(page, ""))
    });
    let each: [Each; 2] = [("container", |l| tr!(l, search.containers), Page::Container), ("check", |l| tr!(l, search.check), Page::Health)];
    let each = each.map(|(id, title, to)| Entry::new(Kind::Page, format!("each:{id}"), |l| title(l).to_owned(), |_| String::new(), "", "", Target::Each(to)));
    let rows = rows().into_iter().map(|Row(id, kind, title, note, told, also, to)| {
        let prefix = if kind == Kind::Action { "action" } else { "page" };
        Entry::new(kind, format!("{prefix}:{id}"), |l| title(l).to_owned(), |l| note(l).to_owned(), "", also, to).told(told)
    });
    steps.chain(each).chain(rows).collect()
}
