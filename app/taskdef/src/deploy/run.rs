//! One run of a plan: its steps, how far each is, and every call that was made.

use super::{Found, Plan, Problem, Thing};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

/// A plan that a person was shown, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// The draft's revision that it was made from.
    pub revision: i64,
    /// The plan, with the operation's mark in its tag.
    pub plan: Plan,
    /// What was found.
    pub found: Found,
    /// What the person agrees to.
    pub hash: String,
    /// Every call that the lookup took.
    pub looked: Vec<Call>,
    /// The run; `None` until the person has agreed.
    pub run: Option<Run>,
    /// The browser that looked, as the store names it within this draft; empty where it has no name.
    #[serde(default)]
    pub looked_by: Vec<u8>,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The steps in their order.
    pub steps: Vec<Step>,
    /// Every call, in its order, repeats included.
    pub calls: Vec<Call>,
    /// Why it stopped before its end.
    // Stored runs have it under this name too.
    #[serde(alias = "trouble")]
    pub problem: Option<Problem>,
    /// The ARN of the revision, once it is there.
    pub arn: Option<String>,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What it makes or looks at.
    pub what: What,
    /// How far it is.
    pub state: StepState,
    /// Seconds since 1970 of the last change; 0 before there was one.
    pub at: i64,
}

/// What a step makes or looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// Whose account it is, and whether all stands as the plan said.
    Check,
    /// The cluster.
    Cluster,
    /// A log group, by its index in the plan.
    Group(usize),
    /// How long that one keeps its logs.
    Retention(usize),
    /// The task definition.
    Revision,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepState {
    /// Not begun.
    Waiting,
    /// Its call is out.
    Running,
    /// Done by this run.
    Done,
    /// It was there already.
    There,
    /// AWS refused, or gave no answer.
    Failed,
}

/// A call to AWS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// As IAM names it: `ecs:CreateCluster`.
    pub name: String,
    /// `None` where there was no answer; else an HTTP status.
    pub status: Option<u16>,
}

/// What stands in place of an account's number and of a signed-in name.
const HIDDEN: &str = "•••";

fn map_texts(value: Value, change: &impl Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(change(&text)),
        Value::Array(list) => list.into_iter().map(|v| map_texts(v, change)).collect(),
        Value::Object(map) => map.into_iter().map(|(k, v)| (k, map_texts(v, change))).collect(),
        other => other,
    }
}

impl Operation {
    /// A plan as it is shown to a person, before anything happened.
    pub fn new(revision: i64, plan: Plan, found: Found, looked: Vec<Call>) -> Operation {
        let hash = super::hash(&plan, &found);
        Operation { revision, plan, found, hash, looked, run: None, looked_by: Vec::new() }
    }

    /// The same for another browser: everybody with the edit link sees what was done, and only the one that signed in sees
    /// in which account and as whom. A signed-in name is often a mail address.
    pub fn without_account(&self) -> Operation {
        fn hidden<T: Clone + Serialize + DeserializeOwned>(value: &T, account: &str, principal: &str) -> T {
            let hide = |text: &str| text.replace(principal, HIDDEN).replace(account, HIDDEN);
            let shown = serde_json::to_value(value).map(|value| map_texts(value, &hide));
            shown.and_then(serde_json::from_value).unwrap_or_else(|_| value.clone())
        }
        let (account, principal) = (self.found.account.as_str(), self.found.principal.as_str());
        if account.is_empty() || principal.is_empty() {
            return self.clone();
        }
        Operation {
            found: hidden(&self.found, account, principal),
            looked: hidden(&self.looked, account, principal),
            run: hidden(&self.run, account, principal),
            ..self.clone()
        }
    }

    /// Whether there is something that the person can agree to.
    pub fn can_begin(&self) -> bool {
        self.run.is_none() && !self.found.is_complete() && !self.found.lacks_role()
    }
}

impl Run {
    /// The steps that a plan takes in an account as it was found.
    pub fn of(plan: &Plan, found: &Found) -> Run {
        let step = |what, there: bool| Step { what, state: if there { StepState::There } else { StepState::Waiting }, at: 0 };
        let mut steps = vec![step(What::Check, false), step(What::Cluster, found.cluster == Thing::There)];
        for i in 0..plan.groups.len() {
            let there = found.groups.get(i) == Some(&Thing::There);
            steps.push(step(What::Group(i), there));
            // A group that others made keeps its logs as they wish.
            if !there {
                steps.push(step(What::Retention(i), false));
            }
        }
        let same = found.newest.as_ref().filter(|n| n.changes.is_empty());
        steps.push(step(What::Revision, same.is_some()));
        Run { steps, arn: same.map(|n| n.arn.clone()), ..Run::default() }
    }

    /// Whether all of it is done.
    pub fn is_done(&self) -> bool {
        self.steps.iter().all(|s| matches!(s.state, StepState::Done | StepState::There))
    }

    /// Whether it neither is done nor has stopped.
    pub fn is_going(&self) -> bool {
        self.problem.is_none() && !self.is_done()
    }

    /// Whether it may go on from where it stopped.
    pub fn can_go_on(&self) -> bool {
        !self.is_done() && self.problem.as_ref().is_none_or(|t| t.kind.can_go_on())
    }

    /// Sets a step's state.
    pub fn set(&mut self, what: What, state: StepState, now: i64) {
        if let Some(step) = self.steps.iter_mut().find(|s| s.what == what) {
            step.state = state;
            step.at = now;
        }
    }

    /// A step's state.
    pub fn state(&self, what: What) -> Option<StepState> {
        self.steps.iter().find(|s| s.what == what).map(|s| s.state)
    }

    /// Stops at the step that is going on.
    pub fn stop(&mut self, problem: Problem, now: i64) {
        for step in self.steps.iter_mut().filter(|s| s.state == StepState::Running) {
            step.state = StepState::Failed;
            step.at = now;
        }
        self.problem = Some(problem);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Draft,
        deploy::{Kind, Problem},
    };

    fn found(cluster: Thing, group: Thing) -> Found {
        Found { account: "1".into(), principal: "p".into(), cluster, groups: vec![group], roles: Vec::new(), newest: None }
    }

    #[test]
    fn what_is_there_is_no_step_to_do_and_only_a_new_group_gets_a_retention() {
        let plan = Plan::for_tests(&Draft::tutorial());
        let run = Run::of(&plan, &found(Thing::There, Thing::Missing));
        let all: Vec<_> = run.steps.iter().map(|s| (s.what, s.state)).collect();
        use StepState::{There, Waiting};
        assert_eq!(all, [(What::Check, Waiting), (What::Cluster, There), (What::Group(0), Waiting), (What::Retention(0), Waiting), (What::Revision, Waiting)]);
        assert_eq!(Run::of(&plan, &found(Thing::There, Thing::There)).state(What::Retention(0)), None);
    }

    #[test]
    fn another_browser_sees_what_was_done_and_not_in_which_account() {
        let plan = Plan::for_tests(&Draft::tutorial());
        let (account, principal) = ("123456789012", "arn:aws:sts::123456789012:assumed-role/Student/kim@example.org");
        let found = Found { account: account.into(), principal: principal.into(), ..found(Thing::There, Thing::Missing) };
        let mut run = Run::of(&plan, &found);
        run.arn = Some(format!("arn:aws:ecs:ap-northeast-2:{account}:task-definition/my-task:1"));
        let said = format!("User: {principal} is not authorized");
        run.problem = Some(Problem { kind: Kind::Denied, call: String::new(), action: None, said, place: None, cause: None });
        let operation = Operation { run: Some(run), ..Operation::new(1, plan, found, Vec::new()) };
        let shown = operation.without_account();
        let text = serde_json::to_string(&shown).unwrap();
        assert!(!text.contains(account) && !text.contains("kim"), "{text}");
        assert_eq!(shown.run.as_ref().unwrap().steps, operation.run.as_ref().unwrap().steps);
        assert!(shown.run.unwrap().arn.unwrap().ends_with("task-definition/my-task:1"));
    }

    #[test]
    fn a_run_is_going_until_it_is_done_or_has_stopped() {
        let plan = Plan::for_tests(&Draft::tutorial());
        let mut run = Run::of(&plan, &found(Thing::There, Thing::There));
        run.set(What::Check, StepState::Done, 5);
        run.set(What::Revision, StepState::Running, 6);
        assert!(run.is_going() && run.can_go_on() && !run.is_done());
        let mut stopped = run.clone();
        stopped.stop(Problem::new(Kind::Throttled), 9);
        assert_eq!(stopped.steps.iter().find(|s| s.what == What::Revision).map(|s| (s.state, s.at)), Some((StepState::Failed, 9)));
        assert!(!stopped.is_going() && stopped.can_go_on());
        stopped.problem = Some(Problem::new(Kind::Refused));
        assert!(!stopped.can_go_on(), "the same definition would be refused again");
        run.set(What::Revision, StepState::Done, 7);
        assert!(run.is_done() && !run.can_go_on());
    }

    #[test]
    fn a_run_that_was_stored_under_the_former_name_keeps_why_it_stopped() {
        let mut run = Run::of(&Plan::for_tests(&Draft::tutorial()), &found(Thing::There, Thing::There));
        run.stop(Problem::new(Kind::Throttled), 9);
        let stored = serde_json::to_string(&run).unwrap().replace("\"problem\":", "\"trouble\":");
        assert!(stored.contains("trouble"));
        assert_eq!(serde_json::from_str::<Run>(&stored).unwrap(), run);
    }
}
