//! The symptoms. What browsers say: Chrome, Edge, Safari and Firefox in English and Korean; what people say: the words that a learner
//! types.

use super::{Answer, Ask, Ending, Lead, Symptom, Then};
use crate::messages::all::*;

const PORTS: Lead = Lead::Place("portMappings");

static PRIVATE: Ending = Ending { message: &SYMPTOM_END_PRIVATE, lead: Lead::Next };
static GROUP: Ending = Ending { message: &SYMPTOM_END_GROUP, lead: Lead::Next };
static ROUTE: Ending = Ending { message: &SYMPTOM_END_ROUTE, lead: Lead::Next };
static BALANCER: Ending = Ending { message: &SYMPTOM_END_BALANCER, lead: Lead::Next };
static STOPPED: Ending = Ending { message: &SYMPTOM_END_STOPPED, lead: Lead::Doctor };
static PORT: Ending = Ending { message: &SYMPTOM_END_PORT, lead: PORTS };
static LISTEN: Ending = Ending { message: &SYMPTOM_END_LISTEN, lead: Lead::Place("environment") };
static LOCALHOST: Ending = Ending { message: &SYMPTOM_END_LOCALHOST, lead: Lead::Place("environment") };
static ORDER: Ending = Ending { message: &SYMPTOM_END_ORDER, lead: Lead::Place("dependsOn") };
static TARGET: Ending = Ending { message: &SYMPTOM_END_TARGET, lead: PORTS };
static ADDRESS: Ending = Ending { message: &SYMPTOM_END_ADDRESS, lead: Lead::Next };

static UNREGISTERED: Ending = Ending { message: &SYMPTOM_END_UNREGISTERED, lead: Lead::Next };
static CRASH: Ending = Ending { message: &SYMPTOM_END_CRASH, lead: Lead::Next };
static CHECK: Ending = Ending { message: &SYMPTOM_END_CHECK, lead: Lead::Place("healthCheck") };
static PULLING: Ending = Ending { message: &SYMPTOM_END_PULLING, lead: Lead::Next };
static AGENT: Ending = Ending { message: &SYMPTOM_END_AGENT, lead: Lead::Next };
static WAITING: Ending = Ending { message: &SYMPTOM_END_WAITING, lead: Lead::Place("dependsOn") };

/// Whether the task runs, and then which port the address has.
const RUNNING: Ask = Ask {
    message: &SYMPTOM_ASK_RUNNING,
    answers: &[
        Answer { message: &SYMPTOM_SAY_STOPPED, then: Then::End(&STOPPED) },
        Answer {
            message: &SYMPTOM_SAY_RUNNING,
            then: Then::Ask(Ask {
                message: &SYMPTOM_ASK_PORT,
                answers: &[
                    Answer { message: &SYMPTOM_SAY_PORT_OTHER, then: Then::End(&PORT) },
                    Answer { message: &SYMPTOM_SAY_PORT_SAME, then: Then::End(&LISTEN) },
                ],
            }),
        },
    ],
};

/// Which address was opened, and then whether its port is open.
const ADDRESSED: Ask = Ask {
    message: &SYMPTOM_ASK_ADDRESS,
    answers: &[
        Answer {
            message: &SYMPTOM_SAY_PUBLIC,
            then: Then::Ask(Ask {
                message: &SYMPTOM_ASK_GROUP,
                answers: &[
                    Answer { message: &SYMPTOM_SAY_GROUP_CLOSED, then: Then::End(&GROUP) },
                    Answer { message: &SYMPTOM_SAY_GROUP_OPEN, then: Then::End(&ROUTE) },
                ],
            }),
        },
        Answer { message: &SYMPTOM_SAY_BALANCER, then: Then::End(&BALANCER) },
        Answer { message: &SYMPTOM_SAY_PRIVATE, then: Then::End(&PRIVATE) },
    ],
};

/// Who answered with the 502, and then where Nginx passes requests on.
const GATEWAY: Ask = Ask {
    message: &SYMPTOM_ASK_GATEWAY,
    answers: &[
        Answer {
            message: &SYMPTOM_SAY_NGINX,
            then: Then::Ask(Ask {
                message: &SYMPTOM_ASK_PASS,
                answers: &[
                    Answer { message: &SYMPTOM_SAY_PASS_NAME, then: Then::End(&LOCALHOST) },
                    Answer { message: &SYMPTOM_SAY_PASS_LOCAL, then: Then::End(&ORDER) },
                ],
            }),
        },
        Answer { message: &SYMPTOM_SAY_NOT_NGINX, then: Then::End(&TARGET) },
    ],
};

/// What the browser shows, and then the question that tells most.
const SEEN: Ask = Ask {
    message: &SYMPTOM_ASK_SEEN,
    answers: &[
        Answer {
            message: &SYMPTOM_SAY_TIMED_OUT,
            then: Then::Ask(Ask {
                message: &SYMPTOM_ASK_ADDRESS,
                answers: &[
                    Answer { message: &SYMPTOM_SAY_PUBLIC, then: Then::End(&GROUP) },
                    Answer { message: &SYMPTOM_SAY_BALANCER, then: Then::End(&BALANCER) },
                    Answer { message: &SYMPTOM_SAY_PRIVATE, then: Then::End(&PRIVATE) },
                ],
            }),
        },
        Answer {
            message: &SYMPTOM_SAY_REFUSED,
            then: Then::Ask(Ask {
                message: &SYMPTOM_ASK_RUNNING,
                answers: &[
                    Answer { message: &SYMPTOM_SAY_STOPPED, then: Then::End(&STOPPED) },
                    Answer { message: &SYMPTOM_SAY_RUNNING, then: Then::End(&PORT) },
                ],
            }),
        },
        Answer {
            message: &SYMPTOM_SAY_502,
            then: Then::Ask(Ask {
                message: &SYMPTOM_ASK_GATEWAY,
                answers: &[
                    Answer { message: &SYMPTOM_SAY_NGINX, then: Then::End(&ORDER) },
                    Answer { message: &SYMPTOM_SAY_NOT_NGINX, then: Then::End(&TARGET) },
                ],
            }),
        },
        Answer { message: &SYMPTOM_SAY_NO_ADDRESS, then: Then::End(&ADDRESS) },
    ],
};

/// Whether there is a task that the load balancer could use.
const TARGETS: Ask = Ask {
    message: &SYMPTOM_ASK_RUNNING,
    answers: &[Answer { message: &SYMPTOM_SAY_STOPPED, then: Then::End(&STOPPED) }, Answer { message: &SYMPTOM_SAY_RUNNING, then: Then::End(&UNREGISTERED) }],
};

/// Why the tasks stop.
const REASON: Ask = Ask {
    message: &SYMPTOM_ASK_REASON,
    answers: &[
        Answer { message: &SYMPTOM_SAY_EXITED, then: Then::End(&CRASH) },
        Answer { message: &SYMPTOM_SAY_UNHEALTHY, then: Then::End(&CHECK) },
        Answer { message: &SYMPTOM_SAY_REASON_OTHER, then: Then::End(&STOPPED) },
    ],
};

/// What the task waits for.
const PENDING: Ask = Ask {
    message: &SYMPTOM_ASK_PENDING,
    answers: &[
        Answer { message: &SYMPTOM_SAY_ON_FARGATE, then: Then::End(&PULLING) },
        Answer { message: &SYMPTOM_SAY_ON_EC2, then: Then::End(&AGENT) },
        Answer { message: &SYMPTOM_SAY_ONE_PENDING, then: Then::End(&WAITING) },
    ],
};

/// All of them, the more exact first.
pub static SYMPTOMS: [Symptom; 7] = [
    Symptom {
        id: "bad-gateway",
        typed: ["502 Bad Gateway", "502 Bad Gateway"],
        message: &SYMPTOM_BAD_GATEWAY,
        patterns: &["502 bad gateway", "http error 502", "http/1.1 502", "error 502", "502 에러", "502 오류"],
        ask: GATEWAY,
    },
    Symptom {
        id: "unavailable",
        typed: ["503 Service Temporarily Unavailable", "503 Service Temporarily Unavailable"],
        message: &SYMPTOM_UNAVAILABLE,
        patterns: &["503 service", "http error 503", "http/1.1 503", "error 503", "503 에러", "503 오류"],
        ask: TARGETS,
    },
    Symptom {
        id: "restarting",
        typed: ["태스크가 자꾸 재시작돼요", "My task keeps restarting"],
        message: &SYMPTOM_RESTARTING,
        patterns: &[
            "자꾸 재시작",
            "계속 재시작",
            "자꾸 다시 시작",
            "계속 다시 시작",
            "자꾸 멈춰",
            "계속 멈춰",
            "자꾸 꺼져",
            "계속 꺼져",
            "keeps restarting",
            "keep restarting",
            "keeps stopping",
            "keep stopping",
            "restarts over and over",
        ],
        ask: REASON,
    },
    Symptom {
        id: "pending",
        typed: ["PENDING에서 안 넘어가요", "My task is stuck in PENDING"],
        message: &SYMPTOM_PENDING,
        patterns: &[
            "pending에서",
            "pending 상태",
            "provisioning에서",
            "stuck in pending",
            "stuck at pending",
            "stuck on pending",
            "stays pending",
            "stays in pending",
            "stuck in provisioning",
        ],
        ask: PENDING,
    },
    Symptom {
        id: "timed-out",
        typed: ["ERR_CONNECTION_TIMED_OUT", "ERR_CONNECTION_TIMED_OUT"],
        message: &SYMPTOM_TIMED_OUT,
        patterns: &[
            "err_connection_timed_out",
            "took too long to respond",
            "응답하는 데 시간이 너무 오래",
            "the connection has timed out",
            "연결 시간이 초과",
            "접속 시간이 초과",
            "접속 시간 초과",
        ],
        ask: ADDRESSED,
    },
    Symptom {
        id: "refused",
        typed: ["ERR_CONNECTION_REFUSED", "ERR_CONNECTION_REFUSED"],
        message: &SYMPTOM_REFUSED,
        patterns: &["err_connection_refused", "refused to connect", "연결을 거부했습니다", "연결을 거부했어요", "연결이 거부되었습니다"],
        ask: RUNNING,
    },
    Symptom {
        id: "unreachable",
        typed: ["접속이 안돼요", "My page does not open"],
        message: &SYMPTOM_UNREACHABLE,
        patterns: &[
            "접속이 안",
            "접속 안",
            "접속이 되지 않",
            "접속되지 않",
            "접속할 수 없",
            "접속을 못",
            "접속 불가",
            "연결이 안",
            "사이트에 연결할 수 없",
            "페이지가 안 열",
            "페이지가 안열",
            "페이지가 열리지",
            "사이트가 안 열",
            "사이트가 안열",
            "화면이 안 나",
            "화면이 안나",
            "안 떠요",
            "안떠요",
            "site can't be reached",
            "site can not be reached",
            "site cannot be reached",
            "can't open the page",
            "cannot open the page",
            "can't open my",
            "cannot open my",
            "can't reach my",
            "cannot reach my",
            "can't access my",
            "cannot access my",
            "does not open",
            "doesn't open",
            "won't open",
            "page does not load",
            "page doesn't load",
            "site does not load",
            "site doesn't load",
            "err_connection_reset",
            "err_empty_response",
        ],
        ask: SEEN,
    },
];
