//! Every route, from the description of the API, and how it is called.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::Request;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

/// One route of the description.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) method: String,
    /// Below `/api/v1`, with `{…}` for ids.
    pub(crate) path: String,
    /// Query parameters that must be there.
    query: Vec<String>,
    pub(crate) body: Kind,
}

/// What a route takes.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Nothing,
    /// A schema, with what it refers to put in its place.
    Json(Json),
    Form,
}

impl Route {
    /// `GET /customers/{id}`.
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub(crate) fn reads(&self) -> bool {
        self.method == "GET"
    }
}

/// All routes of the committed description's source.
pub(crate) fn all() -> Vec<Route> {
    let text = baton::http::openapi_json().expect("a description");
    let api: Json = serde_json::from_str(&text).expect("JSON");
    let mut routes = Vec::new();
    for (path, methods) in api["paths"].as_object().expect("paths") {
        for (method, route) in methods.as_object().expect("methods") {
            let parameters = route["parameters"].as_array().cloned().unwrap_or_default();
            let needed = |one: &&Json| one["in"] == "query" && one["required"] == true;
            let name = |one: &Json| one["name"].as_str().unwrap_or_default().to_owned();
            let content = &route["requestBody"]["content"];
            let body = if content.get("multipart/form-data").is_some() {
                Kind::Form
            } else {
                match content.get("application/json") {
                    Some(json) => Kind::Json(resolved(&json["schema"], &api, 0)),
                    None => Kind::Nothing,
                }
            };
            routes.push(Route {
                method: method.to_uppercase(),
                path: path.strip_prefix("/api/v1").expect("our prefix").to_owned(),
                query: parameters.iter().filter(needed).map(name).collect(),
                body,
            });
        }
    }
    routes
}

fn resolved(schema: &Json, api: &Json, depth: u32) -> Json {
    if let Some(name) = schema["$ref"].as_str() {
        let pointer = name.trim_start_matches('#');
        return match api.pointer(pointer) {
            Some(target) if depth < 8 => resolved(target, api, depth + 1),
            _ => Json::Null,
        };
    }
    match schema {
        Json::Object(map) => Json::Object(
            map.iter()
                .map(|(key, value)| (key.clone(), resolved(value, api, depth)))
                .collect(),
        ),
        Json::Array(list) => list.iter().map(|one| resolved(one, api, depth)).collect(),
        other => other.clone(),
    }
}

/// Real ids of a prepared house: by the first word of a path, and by the name of a field.
#[derive(Default)]
pub(crate) struct Ids(pub(crate) BTreeMap<&'static str, String>);

impl Ids {
    fn at(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The address of a route with real ids in it.
    pub(crate) fn address(&self, route: &Route) -> String {
        let first = route.path.split('/').nth(1).unwrap_or_default();
        let id = self.at(first).unwrap_or("0");
        let mut address = String::from("/api/v1");
        for part in route.path.split('/').skip(1) {
            address.push('/');
            address.push_str(if part.starts_with('{') { id } else { part });
        }
        let query: Vec<String> = route
            .query
            .iter()
            .map(|name| format!("{name}={}", self.at(name).unwrap_or("x")))
            .collect();
        if !query.is_empty() {
            address.push('?');
            address.push_str(&query.join("&"));
        }
        address
    }

    /// A body that the schema allows, with real ids and plausible words.
    pub(crate) fn body(&self, route: &Route, schema: &Json) -> Json {
        self.value(&route.path, "", schema)
    }

    fn value(&self, path: &str, name: &str, schema: &Json) -> Json {
        for several in ["oneOf", "anyOf"] {
            if let Some(first) = schema[several].get(0) {
                return self.value(path, name, first);
            }
        }
        if let Some(all) = schema["allOf"].as_array() {
            let mut whole = Map::new();
            for part in all {
                if let Json::Object(fields) = self.value(path, name, part) {
                    whole.extend(fields);
                }
            }
            return Json::Object(whole);
        }
        if let Some(first) = schema["enum"].get(0) {
            return first.clone();
        }
        let kind = schema["type"]
            .as_str()
            .or_else(|| schema["type"][0].as_str());
        match kind.unwrap_or("object") {
            "string" => json!(self.word(path, name)),
            "integer" | "number" => json!(self.at(name).and_then(|n| n.parse().ok()).unwrap_or(1)),
            "boolean" => json!(true),
            "array" => json!([]),
            _ => match self.known(path, name) {
                Some(known) => json!(known),
                None => self.object(path, schema),
            },
        }
    }

    fn object(&self, path: &str, schema: &Json) -> Json {
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let required = required.iter().filter_map(Json::as_str);
        let value = |name: &str| self.value(path, name, &schema["properties"][name]);
        let field = |name: &str| (name.to_owned(), value(name));
        Json::Object(required.map(field).collect())
    }

    /// The word for a field: of this route (`assign.reason`), or of all.
    fn word(&self, path: &str, name: &str) -> String {
        if let Some(known) = self.known(path, name).or_else(|| self.at(name)) {
            return known.to_owned();
        }
        let day = name.ends_with("_on") || name.ends_with("day");
        let day = day || name == "on" || name == "deadline";
        if day { "2026-11-22" } else { "巡检所用" }.to_owned()
    }

    fn known(&self, path: &str, name: &str) -> Option<&str> {
        let last = path.rsplit('/').next().unwrap_or_default();
        let whole = self.at(&format!("{}.{name}", path.trim_start_matches('/')));
        whole.or_else(|| self.at(&format!("{last}.{name}")))
    }

    /// The request, without saying who asks.
    pub(crate) fn request(&self, route: &Route, key: &str) -> axum::http::request::Builder {
        let request = Request::builder()
            .method(route.method.as_str())
            .uri(self.address(route))
            .header("idempotency-key", key);
        match route.body {
            Kind::Form => request.header("content-type", "multipart/form-data; boundary=frontier"),
            Kind::Json(_) | Kind::Nothing => request.header("content-type", "application/json"),
        }
    }

    /// The body that goes with it.
    pub(crate) fn filled(&self, route: &Route) -> Body {
        match &route.body {
            Kind::Nothing => Body::empty(),
            Kind::Json(schema) => Body::from(self.body(route, schema).to_string()),
            Kind::Form => Body::from(
                "--frontier\r\nContent-Disposition: form-data; name=\"file\"; \
                 filename=\"a.csv\"\r\n\r\na,b\r\n1,2\r\n\r\n--frontier--\r\n",
            ),
        }
    }
}

/// What a caller may get from a route; see `routes.toml`.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum May {
    /// 401 for nobody, 403 or 404 for everybody else.
    #[default]
    Never,
    /// Refused by a rule that is asked before the right, and that tells nothing.
    Refused,
    /// An answer in which nothing of somebody else's stands.
    Nothing,
    /// An answer about what is his own.
    Own,
    /// Anything but a fault.
    Open,
}

/// One line of `routes.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Line {
    pub(crate) call: String,
    #[serde(default)]
    pub(crate) nobody: May,
    #[serde(default)]
    pub(crate) stranger: May,
    #[serde(default)]
    pub(crate) colleague: May,
    #[serde(default)]
    pub(crate) leaver: May,
    #[serde(default)]
    pub(crate) system_admin: May,
    #[serde(default)]
    pub(crate) security_admin: May,
    #[serde(default)]
    pub(crate) auditor: May,
    #[serde(default)]
    pub(crate) why: String,
}

impl Line {
    pub(crate) fn may(&self, who: &str) -> May {
        match who {
            "nobody" => self.nobody,
            "stranger" => self.stranger,
            "colleague" => self.colleague,
            "leaver" => self.leaver,
            "system_admin" => self.system_admin,
            "security_admin" => self.security_admin,
            _ => self.auditor,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lines {
    route: Vec<Line>,
}

/// The checked-in list.
pub(crate) fn listed() -> Vec<Line> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/sweep/routes.toml");
    let text = std::fs::read_to_string(path).expect("routes.toml");
    let lines: Lines = toml::from_str(&text).expect("routes.toml");
    lines.route
}
