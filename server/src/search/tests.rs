//! What people type, in both languages, and what comes first.

use super::{find, index::all};
use std::collections::HashSet;

/// Question and the entry that answers it first.
const FIRST: [(&str, &str); 86] = [
    // Of the walks: none of them led anywhere.
    ("메모리", "setting:memory"),
    ("볼륨", "field:volumes"),
    ("EFS", "field:volumes[].efsVolumeConfiguration"),
    ("cpu", "setting:cpu"),
    ("비용", "setting:cost"),
    ("삭제", "action:clean"),
    ("서비스", "action:service"),
    ("실행", "action:run"),
    // Plain words.
    ("memory", "setting:memory"),
    ("volume", "field:volumes"),
    ("cost", "setting:cost"),
    ("price", "setting:cost"),
    ("delete", "action:clean"),
    ("service", "action:service"),
    ("run", "action:run"),
    ("요금", "setting:cost"),
    ("가격이 얼마예요", "setting:cost"),
    ("리전", "setting:region"),
    ("region", "setting:region"),
    ("서울", "setting:region"),
    ("클러스터", "setting:cluster"),
    ("포트", "setting:containerDefinitions[].portMappings"),
    ("port", "setting:containerDefinitions[].portMappings"),
    ("8080", "setting:containerDefinitions[].portMappings"),
    ("헬스체크", "setting:containerDefinitions[].healthCheck"),
    ("헬스 체크", "setting:containerDefinitions[].healthCheck"),
    ("상태확인", "setting:containerDefinitions[].healthCheck"),
    ("health check", "setting:containerDefinitions[].healthCheck"),
    ("환경변수", "setting:containerDefinitions[].environment"),
    ("환경 변수를 어떻게 넣나요", "setting:containerDefinitions[].environment"),
    ("env", "setting:containerDefinitions[].environment"),
    ("비밀번호", "setting:containerDefinitions[].secrets"),
    ("password", "setting:containerDefinitions[].secrets"),
    ("이미지", "setting:containerDefinitions[].image"),
    ("docker hub", "setting:containerDefinitions[].image"),
    ("로그", "setting:containerDefinitions[].logConfiguration"),
    ("logs", "setting:containerDefinitions[].logConfiguration"),
    ("cloudwatch", "setting:containerDefinitions[].logConfiguration"),
    ("로그 그룹", "setting:awslogs-group"),
    ("실행 역할", "setting:executionRoleArn"),
    ("execution role", "setting:executionRoleArn"),
    ("태스크 역할", "setting:taskRoleArn"),
    ("fargate", "setting:requiresCompatibilities"),
    ("파게이트", "setting:requiresCompatibilities"),
    ("arm64", "setting:runtimePlatform"),
    ("시작 순서", "setting:containerDefinitions[].dependsOn"),
    ("시작 기간", "setting:containerDefinitions[].healthCheck.startPeriod"),
    ("소프트 제한", "setting:containerDefinitions[].memoryReservation"),
    ("hard limit", "setting:containerDefinitions[].memory"),
    // More settings.
    ("명령어", "field:containerDefinitions[].command"),
    ("entrypoint", "field:containerDefinitions[].entryPoint"),
    ("GPU", "field:containerDefinitions[].resourceRequirements"),
    ("디스크 크기", "field:ephemeralStorage.sizeInGiB"),
    ("재시작", "field:containerDefinitions[].restartPolicy"),
    ("ulimit", "field:containerDefinitions[].ulimits"),
    ("마운트", "field:containerDefinitions[].mountPoints"),
    ("네트워크", "field:networkMode"),
    ("읽기 전용", "field:containerDefinitions[].readonlyRootFilesystem"),
    ("graceful shutdown", "field:containerDefinitions[].stopTimeout"),
    // Keys of the JSON.
    ("healthCheck", "setting:containerDefinitions[].healthCheck"),
    ("memoryReservation", "setting:containerDefinitions[].memoryReservation"),
    ("essential", "setting:containerDefinitions[].essential"),
    ("executionRoleArn", "setting:executionRoleArn"),
    ("efsVolumeConfiguration", "field:volumes[].efsVolumeConfiguration"),
    ("readonlyRootFilesystem", "field:containerDefinitions[].readonlyRootFilesystem"),
    ("initProcessEnabled", "field:containerDefinitions[].linuxParameters.initProcessEnabled"),
    ("dependsOn", "setting:containerDefinitions[].dependsOn"),
    // Actions and pages.
    ("undo", "action:undo"),
    ("되돌리기", "action:undo"),
    ("terraform", "page:formats"),
    ("다운로드", "action:export"),
    ("가져오기", "action:import"),
    ("공유", "page:share"),
    ("등록", "action:register"),
    ("로드 밸런서", "action:service"),
    ("보안 그룹", "action:service"),
    // Words of ECS and rules.
    ("사이드카", "action:add-container"),
    ("리비전", "term:revision"),
    ("ARN", "term:arn"),
    ("sizing-swapped", "rule:sizing-swapped"),
    // Errors.
    ("exec format error", "error:exec-format"),
    ("CannotPullContainerError", "error:pull-any"),
    ("OutOfMemoryError", "error:out-of-memory"),
    ("Container unhealthy", "error:health-failed"),
    ("접속이 안돼요", "page:doctor"),
    ("에러", "page:doctor"),
];

#[test]
fn what_people_type_leads_somewhere_right() {
    let wrong: Vec<String> = FIRST
        .iter()
        .filter_map(|(query, wanted)| {
            let found: Vec<&str> = find(query).iter().map(|entry| entry.id.as_str()).collect();
            (found.first() != Some(wanted)).then(|| format!("{query}: {:?} instead of {wanted}", &found[..found.len().min(4)]))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), FIRST.len(), wrong.join("\n"));
}

/// With a slip, in any case, before the word is whole, with its particle: the same comes first.
#[test]
fn slips_particles_and_half_words_find_the_same() {
    for (query, wanted) in [
        ("MEMORY", "setting:memory"),
        ("메모리를", "setting:memory"),
        ("메모리는", "setting:memory"),
        ("볼륨을", "field:volumes"),
        ("볼륨이", "field:volumes"),
        ("서비스를", "action:service"),
        ("regoin", "setting:region"),
        ("cluste", "setting:cluster"),
        ("helthcheck", "setting:containerDefinitions[].healthCheck"),
        ("헬쓰체크", "setting:containerDefinitions[].healthCheck"),
        ("클러스타", "setting:cluster"),
    ] {
        assert_eq!(find(query).first().map(|entry| entry.id.as_str()), Some(wanted), "{query}");
    }
    // While it is being typed with an input method.
    for half in ["메몰", "메모"] {
        assert!(find(half).iter().take(3).any(|entry| entry.id == "setting:memory"), "{half}");
    }
}

#[test]
fn a_question_is_bounded_and_never_answers_with_everything() {
    for query in ["", "  ", "?!", "zzzzqqqq", "<script>alert(1)</script>"] {
        assert!(find(query).len() <= 24, "{query}");
    }
    assert!(find("zzzzqqqq").is_empty());
    assert!(find("컨테이너").len() <= 24);
    assert_eq!(find(&"메모리 ".repeat(100_000)).first().map(|e| e.id.as_str()), find("메모리 메모리").first().map(|e| e.id.as_str()));
    assert!(find(&"가".repeat(1_000_000)).is_empty());
}

#[test]
fn every_field_rule_and_error_is_in_the_index_once() {
    let ids: HashSet<&str> = all().iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids.len(), all().len());
    let count = |prefix: &str| ids.iter().filter(|id| id.starts_with(prefix)).count();
    assert_eq!(count("rule:"), taskdef::lint::all().count());
    assert_eq!(count("error:"), taskdef::diagnose::KNOWN.len());
    assert_eq!(count("field:") + count("group:"), taskdef::questions::fields::specs().len());
    assert!(count("setting:") >= 30 && count("term:") >= 30);
    assert!(all().iter().all(|entry| entry.titles.iter().all(|title| !title.is_empty())));
}

/// Every field of the API model is found by its key.
#[test]
fn every_key_of_the_model_is_found() {
    const MAPS: [&str; 4] = ["dockerLabels", "options", "driverOpts", "labels"];
    fn collect(value: &serde_json::Value, keys: &mut HashSet<String>) {
        match value {
            serde_json::Value::Object(map) => {
                for (key, value) in map {
                    keys.insert(key.clone());
                    if !MAPS.contains(&key.as_str()) {
                        collect(value, keys);
                    }
                }
            }
            serde_json::Value::Array(list) => list.iter().for_each(|value| collect(value, keys)),
            _ => {}
        }
    }
    let every: serde_json::Value = serde_json::from_str(include_str!("../../../app/taskdef/tests/support/every.json")).unwrap();
    let mut keys = HashSet::new();
    collect(&every, &mut keys);
    assert!(keys.len() > 110, "{}", keys.len());
    let missing: Vec<&String> = keys.iter().filter(|key| find(key).is_empty()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
