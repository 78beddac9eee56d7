//! The secret guard against a corpus made for it: credentials of every known shape, and the values
//! that real definitions are full of. Made from a seed, so that no token stands in this file.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeSet;
use taskdef::facts::secret;

/// A small generator (SplitMix64), the same on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn text(&mut self, signs: &str, n: usize) -> String {
        let signs: Vec<char> = signs.chars().collect();
        (0..n).map(|_| signs[self.below(signs.len())]).collect()
    }

    fn one<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const ALNUM: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const HEX: &str = "0123456789abcdef";
const DIGITS: &str = "0123456789";
const LOWER: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
const WORDS: [&str; 24] = [
    "orders",
    "billing",
    "user",
    "search",
    "web",
    "api",
    "worker",
    "cart",
    "mail",
    "report",
    "auth-service",
    "gateway",
    "image",
    "event",
    "stock",
    "price",
    "catalog",
    "login",
    "queue",
    "payment",
    "review",
    "chat",
    "map",
    "feed",
];
const PEOPLE: [&str; 16] = [
    "hunter2",
    "letmein!",
    "Sup3rS3cret",
    "p@ssw0rd",
    "changeme123",
    "qwerty!23",
    "tlqkf1234",
    "admin1234",
    "root-pw-9",
    "DbPass2024!",
    "s3cr3t",
    "비밀번호1",
    "correct-horse",
    "Winter2025",
    "abcd1234",
    "Pa55word",
];

/// Name and value of something that must be noticed.
fn secret_of(kind: usize, d: &mut Dice) -> (String, String) {
    let plain = d.one(&["CONFIG", "VALUE", "SETTING", "DATA", "EXTRA"]).to_owned();
    let person = d.one(&PEOPLE).to_owned();
    let word = d.one(&WORDS).to_owned();
    let region = d.one(&["ap-northeast-2", "us-east-1", "eu-west-1"]).to_owned();
    let value = match kind {
        0 => format!("AKIA{}", d.text(UPPER, 16)),
        1 => format!("ASIA{}", d.text(UPPER, 16)),
        2 => format!("{}{}", d.one(&["ghp_", "gho_", "ghs_", "ghu_"]), d.text(ALNUM, 36)),
        3 => format!("github_pat_{}_{}", d.text(ALNUM, 22), d.text(ALNUM, 59)),
        4 => format!("glpat-{}", d.text(ALNUM, 20)),
        5 => format!("{}{}-{}-{}", d.one(&["xoxb-", "xoxp-"]), d.text(DIGITS, 12), d.text(DIGITS, 12), d.text(ALNUM, 24)),
        6 => format!("sk-{}", d.text(ALNUM, 48)),
        7 => format!("{}{}", d.one(&["sk_live_", "rk_live_", "sk_test_"]), d.text(ALNUM, 24)),
        8 => format!("AIza{}", d.text(ALNUM, 35)),
        9 => format!("SG.{}.{}", d.text(ALNUM, 22), d.text(ALNUM, 43)),
        10 => format!("npm_{}", d.text(ALNUM, 36)),
        11 => format!("dckr_pat_{}", d.text(ALNUM, 27)),
        12 => format!("hf_{}", d.text(ALNUM, 34)),
        13 => format!("hvs.{}", d.text(ALNUM, 90)),
        14 => format!("eyJ{}.eyJ{}.{}", d.text(ALNUM, 30), d.text(ALNUM, 80), d.text(ALNUM, 43)),
        15 => format!("-----BEGIN {}PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----", d.one(&["RSA ", "EC ", "OPENSSH ", ""]), d.text(BASE64, 64)),
        16 => format!("postgres://{word}:{person}@db.example.com:5432/{word}"),
        17 => format!("{}://root:{person}@10.0.1.{}/0", d.one(&["redis", "amqp", "mysql", "mongodb+srv"]), d.below(250)),
        18 => format!("Server=db.example.com,1433;Database={word};User Id=sa;Password={person};Encrypt=true"),
        19 => format!("host=db.internal port=5432 user={word} password={person}"),
        20 => format!("DefaultEndpointsProtocol=https;AccountName={word};AccountKey={}==;EndpointSuffix=core.windows.net", d.text(BASE64, 86)),
        21 => format!("https://hooks.slack.com/services/T{}/B{}/{}", d.text(UPPER, 8), d.text(UPPER, 8), d.text(ALNUM, 24)),
        22 => format!("Basic {}=", d.text(BASE64, 23)),
        23 => format!("Bearer {}", d.text(ALNUM, 32)),
        24 => format!("jdbc:mysql://db.{region}.rds.amazonaws.com:3306/{word}?user=app&password={person}"),
        25 => d.text(BASE64, 40),
        26 => d.text(ALNUM, 32),
        27 => d.text("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789!@#$%^&*", 24),
        28 => return (d.one(&["DB_PASSWORD", "MYSQL_ROOT_PASSWORD", "POSTGRES_PASSWORD", "SPRING_DATASOURCE_PASSWORD", "redis.password"]).to_owned(), person),
        29 => return (d.one(&["JWT_SECRET", "SESSION_SECRET", "SECRET_KEY_BASE", "DJANGO_SECRET_KEY", "APP_SECRET"]).to_owned(), d.text(HEX, 64)),
        30 => return (d.one(&["API_KEY", "STRIPE_API_KEY", "OPENAI_API_KEY", "X_API_KEY", "DD_API_KEY"]).to_owned(), d.text(HEX, 32)),
        31 => return (d.one(&["ACCESS_TOKEN", "GITHUB_TOKEN", "BOT_TOKEN", "slack-token", "AUTH_TOKEN"]).to_owned(), format!("{person}-{}", d.text(LOWER, 6))),
        32 => return (d.one(&["SMTP_PASS", "MAIL_PASSWORD", "ADMIN_PWD", "KEYSTORE_PASSWORD", "DB_PASS"]).to_owned(), d.text(DIGITS, 6)),
        _ => return (d.one(&["PRIVATE_KEY", "ENCRYPTION_KEY", "SIGNING_KEY", "CLIENT_SECRET", "OAUTH_CLIENT_SECRET"]).to_owned(), d.text(ALNUM, 20)),
    };
    (plain, value)
}
const SECRETS: usize = 34;

/// Name and value of something that everybody may read.
fn innocent_of(kind: usize, d: &mut Dice) -> (String, String) {
    let word = d.one(&WORDS).to_owned();
    let other = d.one(&WORDS).to_owned();
    let region = d.one(&["ap-northeast-2", "us-east-1", "eu-west-1", "ap-southeast-1"]).to_owned();
    let account = format!("2{}", d.text(DIGITS, 11));
    let n = d.below(9000) + 1;
    let pair = |name: &str, value: String| (name.to_owned(), value);
    match kind {
        0 => pair("NODE_ENV", d.one(&["production", "development", "test", "staging"]).to_owned()),
        1 => pair("PORT", n.to_string()),
        2 => pair("LOG_LEVEL", d.one(&["debug", "info", "warn", "error", "TRACE", "com.example.*=DEBUG,root=INFO"]).to_owned()),
        3 => pair("API_URL", format!("https://{word}.example.com/v{}/{other}", d.below(4))),
        4 => pair("DATABASE_HOST", format!("{word}-prod.c{}.{region}.rds.amazonaws.com", d.text(LOWER, 11))),
        5 => pair("REDIS_URL", format!("redis://{word}.{}.0001.apn2.cache.amazonaws.com:6379/0", d.text(LOWER, 6))),
        6 => pair("QUEUE_URL", format!("https://sqs.{region}.amazonaws.com/{account}/{word}-{other}-queue.fifo")),
        7 => pair("TOPIC_ARN", format!("arn:aws:sns:{region}:{account}:{word}-{other}")),
        8 => pair("BUCKET", format!("{word}-{other}-assets-{account}-{region}")),
        9 => pair("IMAGE_TAG", format!("v{}.{}.{}-{}", d.below(9), d.below(30), d.below(99), d.text(HEX, 7))),
        10 => pair("GIT_SHA", d.text(HEX, 40)),
        11 => pair("DIGEST", format!("sha256:{}", d.text(HEX, 64))),
        12 => pair("REQUEST_ID", format!("{}-{}-{}-{}-{}", d.text(HEX, 8), d.text(HEX, 4), d.text(HEX, 4), d.text(HEX, 4), d.text(HEX, 12))),
        13 => pair("COGNITO_POOL", format!("{region}_{}", d.text(ALNUM, 9))),
        14 => pair("DISTRIBUTION", format!("E{}", d.text(UPPER, 13))),
        15 => pair("HOSTED_ZONE", format!("Z{}", d.text(UPPER, 20))),
        16 => pair("SUBNETS", format!("subnet-0{},subnet-0{}", d.text(HEX, 16), d.text(HEX, 16))),
        17 => pair("SECURITY_GROUP", format!("sg-0{}", d.text(HEX, 16))),
        18 => pair("JAVA_OPTS", format!("-Xms{n}m -Xmx{n}m -XX:+UseG1GC -Djava.security.egd=file:/dev/./urandom")),
        19 => pair("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin".to_owned() + &format!(":/opt/{word}/bin")),
        20 => pair("ALLOWED_ORIGINS", format!("https://{word}.example.com,https://www.{other}.co.kr,http://localhost:{n}")),
        21 => pair("FEATURES", format!("{{\"{word}\": true, \"{other}\": {n}}}")),
        22 => pair("SCHEDULE", format!("cron({} {} ? * MON-FRI *)", d.below(60), d.below(24))),
        23 => pair("TZ", d.one(&["Asia/Seoul", "UTC", "America/New_York", "Europe/Berlin"]).to_owned()),
        24 => pair("EMAIL_FROM", format!("{word}.{other}@example.com")),
        25 => pair("CLASS", format!("com.example.{word}.{other}.ApplicationConfigurationFactory{n}")),
        26 => pair("STRIPE_PUBLISHABLE", format!("pk_live_{}", d.text(LOWER, 24))),
        27 => pair("SENTRY_ENV", format!("{word}-{region}-blue")),
        28 => pair("CIDR", format!("10.{}.{}.0/24", d.below(250), d.below(250))),
        29 => pair("JWT_EXPIRATION", n.to_string()),
        30 => pair("TOKEN_TTL", format!("{n}s")),
        31 => pair("DB_PASSWORD_FILE", format!("/run/secrets/{word}")),
        32 => pair("SECRET_ARN", format!("arn:aws:secretsmanager:{region}:{account}:secret:{word}/{other}-{}", d.text(ALNUM, 6))),
        33 => pair("AUTH_ENABLED", d.one(&["true", "false"]).to_owned()),
        34 => pair("API_KEY_NAME", format!("{word}-{other}")),
        35 => pair("DB_PASSWORD", format!("${{{}}}", word.to_uppercase().replace('-', "_"))),
        36 => pair("GREETING", format!("Hello from {word} and {other}, today is number {n}!")),
        37 => pair("MESSAGE", format!("안녕하세요, {word} 서비스예요. 번호는 {n}번이에요")),
        38 => pair("SQL_INIT", format!("select count(*) from {word} where {other}_id > {n}")),
        39 => pair("REGEX", format!("^[A-Za-z0-9_-]{{1,{}}}$", d.below(90) + 1)),
        40 => pair("METRIC", format!("{word}RequestDurationSeconds{n}P99ByRouteAndMethod")),
        41 => pair("TABLE", format!("{word}-{other}-Table{}-{}", d.below(9), d.text(UPPER, 13))),
        42 => pair("CLUSTER_ARN", format!("arn:aws:ecs:{region}:{account}:cluster/{word}-{other}")),
        43 => pair("ECR_IMAGE", format!("{account}.dkr.ecr.{region}.amazonaws.com/{word}/{other}:{}", d.text(HEX, 12))),
        44 => pair("DATE", format!("2026-{:02}-{:02}T{:02}:00:00Z", d.below(12) + 1, d.below(28) + 1, d.below(24))),
        45 => pair("VERSION_RANGE", format!(">={}.{}.0 <{}.0.0", d.below(9), d.below(30), d.below(9) + 10)),
        46 => pair(
            "KAFKA_BROKERS",
            format!(
                "b-1.{word}.{}.c3.kafka.{region}.amazonaws.com:9094,b-2.{word}.{}.c3.kafka.{region}.amazonaws.com:9094",
                d.text(LOWER, 6),
                d.text(LOWER, 6)
            ),
        ),
        47 => pair("OTEL_RESOURCE_ATTRIBUTES", format!("service.name={word},deployment.environment=prod,team={other}")),
        48 => pair("COLOR", format!("#{}", d.text(HEX, 6))),
        49 => pair("GA_MEASUREMENT", format!("G-{}", d.text(UPPER, 10))),
        50 => pair("PHONE", format!("+82 10-{:04}-{:04}", d.below(9999), d.below(9999))),
        51 => pair("FILE", format!("s3://{word}-bucket/{other}/2026/{:02}/part-{:05}.parquet", d.below(12) + 1, n)),
        52 => pair("SSM_PARAM", format!("/{word}/{other}/database/url")),
        53 => pair("WEBHOOK_PATH", format!("/hooks/{word}/{n}")),
        54 => pair("PASSWORD_MIN_LENGTH", d.below(30).to_string()),
        55 => pair("PUBLIC_URL", format!("https://{}.cloudfront.net/{word}", d.text(LOWER, 13))),
        _ => pair("APP_NAME", format!("{word} {other} {n}")),
    }
}
const INNOCENT: usize = 57;

/// Whether the guard notices a variable.
fn noticed((name, value): &(String, String)) -> bool {
    secret::of_value(value).is_some() || secret::of_pair(name, value)
}

#[test]
fn the_guard_finds_99_of_100_credentials_and_disturbs_1_of_100_others() {
    let mut dice = Dice(20_261_124);
    let secrets: BTreeSet<_> = (0..SECRETS).flat_map(|kind| (0..20).map(|_| secret_of(kind, &mut dice)).collect::<Vec<_>>()).collect();
    let innocent: BTreeSet<_> = (0..INNOCENT).flat_map(|kind| (0..60).map(|_| innocent_of(kind, &mut dice)).collect::<Vec<_>>()).collect();
    assert!(secrets.len() >= 200 && innocent.len() >= 2000, "{} {}", secrets.len(), innocent.len());
    let missed: Vec<_> = secrets.iter().filter(|v| !noticed(v)).collect();
    let disturbed: Vec<_> = innocent.iter().filter(|v| noticed(v)).collect();
    eprintln!(
        "secret guard: {} of {} credentials found, {} of {} others disturbed",
        secrets.len() - missed.len(),
        secrets.len(),
        disturbed.len(),
        innocent.len()
    );
    assert!(missed.len() * 100 <= secrets.len(), "{} of {}: {missed:#?}", missed.len(), secrets.len());
    assert!(disturbed.len() * 100 <= innocent.len(), "{} of {}: {disturbed:#?}", disturbed.len(), innocent.len());
}

#[test]
fn a_high_confidence_needs_a_known_shape() {
    use secret::Confidence::{High, Medium};
    let mut dice = Dice(7);
    for (kind, sure) in [(0, High), (14, High), (15, High), (16, High), (25, Medium), (26, Medium)] {
        for _ in 0..20 {
            let (_, value) = secret_of(kind, &mut dice);
            if let Some(confidence) = secret::of_value(&value) {
                assert_eq!(confidence, sure, "kind {kind}");
            }
        }
    }
}
