//! A form's fields. `load/offload.rs` has read the body within its limits.

use axum::{
    body::Bytes,
    extract::{FromRequest, Multipart, Request},
    http::header,
    response::{IntoResponse, Response},
};
use taskdef::{formats::import::Source, questions};

/// Names and values in the order in which they were sent: URL-encoded, or `multipart/form-data` with files as texts.
#[derive(Clone, Debug, Default)]
pub struct Form(pub Vec<(String, String)>);

impl Form {
    /// The last value of a name; empty where there is none.
    pub fn field(&self, name: &str) -> &str {
        self.0.iter().rev().find(|(n, _)| n == name).map_or("", |(_, v)| v)
    }

    /// The last value of a name, read; `None` where there is none, or it does not read.
    pub fn parsed<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.field(name).parse().ok()
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Form, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("multipart/")) {
            return multipart(request, state).await.map(Form);
        }
        let bytes = Bytes::from_request(request, state).await.map_err(IntoResponse::into_response)?;
        Ok(Form(questions::decode(&bytes)))
    }
}

async fn multipart<S: Send + Sync>(request: Request, state: &S) -> Result<Vec<(String, String)>, Response> {
    let mut parts = Multipart::from_request(request, state).await.map_err(IntoResponse::into_response)?;
    let mut pairs = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(IntoResponse::into_response)? {
        let name = part.name().unwrap_or("").to_owned();
        let file = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(IntoResponse::into_response)?;
        let lossy = || String::from_utf8_lossy(&bytes).into_owned();
        let Some(file) = file else {
            pairs.push((name, lossy()));
            continue;
        };
        // Files come in the encodings of their programs; each has its name beside it.
        let text = Source::from_bytes(&*file, &bytes).map_or_else(|_| lossy(), |source| source.text);
        pairs.push((format!("{name}.name"), file));
        pairs.push((name, text));
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{body::Body, http::StatusCode};

    fn read(kind: &str, body: &str) -> Result<Form, StatusCode> {
        let request = Request::post("/").header(header::CONTENT_TYPE, kind).body(Body::from(body.to_owned())).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(Form::from_request(request, &())).map_err(|refused| refused.status())
    }

    #[test]
    fn a_form_reads_the_same_in_both_encodings() {
        let plain = read("application/x-www-form-urlencoded", "a=1&b=x+%26%20y&a=2&c").unwrap();
        let part = |name: &str, value: &str| format!("--B\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        let parts = [part("a", "1"), part("b", "x & y"), part("a", "2"), part("c", "")].concat() + "--B--\r\n";
        let multi = read("multipart/form-data; boundary=B", &parts).unwrap();
        assert_eq!(plain.0, multi.0);
        assert_eq!((plain.field("a"), plain.field("b"), plain.field("d")), ("2", "x & y", ""), "the last of one name counts");
        assert_eq!((plain.parsed::<i64>("a"), plain.parsed::<i64>("b"), plain.parsed::<i64>("d")), (Some(2), None, None));
    }

    #[test]
    fn a_broken_multipart_body_is_the_senders_fault() {
        for (kind, body) in [("multipart/form-data", "x"), ("multipart/form-data; boundary=B", "--B\r\nx")] {
            assert_eq!(read(kind, body).unwrap_err(), StatusCode::BAD_REQUEST, "{kind}");
        }
    }
}
