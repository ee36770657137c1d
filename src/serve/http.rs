//! Requests -> answers, over HTTP.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::sync::watch::Receiver;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::accept;
use super::guard::Guard;
use super::page::{CLIENT, EVENTS, STYLES};
use super::request;
use super::snapshot::{Answer, Snapshot};

type Newest = Receiver<Arc<Snapshot>>;

/// How often an event stream says that it is still there.
pub(super) const KEEP_ALIVE: Duration = Duration::from_secs(10);

/// Everything that is served.
pub(super) fn router(newest: Newest, guard: Guard) -> Router {
    Router::new()
        .route(CLIENT, get(async || own("text/javascript; charset=utf-8", include_str!("client.js"))))
        .route(STYLES, get(async || own("text/css; charset=utf-8", include_str!("overlay.css"))))
        .route(EVENTS, get(events))
        .fallback(page)
        .layer(middleware::from_fn_with_state(Arc::new(guard), check))
        .with_state(newest)
}

/// Lets requests pass that may be answered; no answer is kept by a browser, or read by another origin.
async fn check(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let mut response = if let Some(why) = guard.refuses(request.uri(), request.headers()) {
        (StatusCode::FORBIDDEN, why).into_response()
    } else if !matches!(*request.method(), Method::GET | Method::HEAD) {
        (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")], "Only GET and HEAD.").into_response()
    } else {
        next.run(request).await
    };
    for (name, value) in [
        ("cache-control", "no-cache"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn page(State(newest): State<Newest>, uri: Uri, headers: HeaderMap) -> Response {
    let snapshot = newest.borrow().clone();
    let path = uri.path().to_owned();
    let markdown = accept::wants_markdown(&headers);
    let answer = tokio::task::spawn_blocking(move || snapshot.answer(&path, markdown)).await;
    match answer {
        Ok(Answer::File { status, file }) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let content_type = HeaderValue::from_str(&file.content_type)
                .unwrap_or(HeaderValue::from_static("application/octet-stream"));
            let headers = [(header::CONTENT_TYPE, content_type), (header::VARY, HeaderValue::from_static("accept"))];
            (status, headers, Body::from(Bytes::from_owner(file.bytes))).into_response()
        }
        Ok(Answer::Redirect(path)) => {
            let to = uri.query().map_or(path.clone(), |query| format!("{path}?{query}"));
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response()
        }
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, "Rendering this page failed; see the terminal.").into_response(),
    }
}

/// The state of the page that asks: now, and after each build.
async fn events(State(newest): State<Newest>, uri: Uri) -> Response {
    let path = uri.query().and_then(|query| request::parameter(query, "page")).unwrap_or_else(|| "/".into());
    let path = Arc::new(path);
    let states = WatchStream::new(newest).then(move |snapshot| {
        let path = path.clone();
        async move {
            let state = tokio::task::spawn_blocking(move || serde_json::to_string(&snapshot.state(&path))).await;
            let event = Event::default().retry(Duration::from_millis(300));
            Ok::<_, Infallible>(match state {
                Ok(Ok(state)) => event.data(state),
                _ => event.comment("no state"),
            })
        }
    });
    Sse::new(states).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response()
}

fn own(content_type: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, content_type)], text).into_response()
}
