//! The HTTP API: its routes, who may call them, and what browsers are told.

use super::TemplateError;
use super::properties::Properties;
use super::resolve::Place;
use super::resource::Draft;
use super::wiring::{Authorizer, Cors, IdentitySource, Route, Segment};

impl Draft {
    pub(super) fn api(&mut self, logical: &str, mut properties: Properties<'_>) -> Result<(), TemplateError> {
        if !self.apis.is_empty() {
            return Err(Place::of(logical).error("is a second API; the local twin has one"));
        }
        // Names, certificates, logs and throttling are AWS's side of it.
        properties.ignore(&[
            "AccessLogSettings",
            "DefaultRouteSettings",
            "Description",
            "DisableExecuteApiEndpoint",
            "Domain",
            "FailOnWarnings",
            "Name",
            "PropagateTags",
            "RouteSettings",
            "Tags",
        ]);
        if properties.text("StageName")?.is_some_and(|stage| stage != "$default") {
            return Err(
                properties.error("StageName", "other than $default is not understood by the local twin")
            );
        }
        if let Some(mut auth) = properties.section("Auth")? {
            self.default_authorizer = auth.text("DefaultAuthorizer")?;
            for (name, section) in
                auth.section("Authorizers")?.map(Properties::sections).transpose()?.into_iter().flatten()
            {
                self.authorizers.insert(name, authorizer(section)?);
            }
            if let Some(name) =
                self.default_authorizer.as_ref().filter(|name| !self.authorizers.contains_key(*name))
            {
                return Err(auth.error("DefaultAuthorizer", format!("{name} is not among Authorizers")));
            }
            auth.finish()?;
        }
        self.cors = properties.section("CorsConfiguration")?.map(cors).transpose()?;
        properties.finish()?;
        self.apis.push(logical.to_owned());
        Ok(())
    }

    pub(super) fn route(
        &mut self,
        function: &str,
        mut properties: Properties<'_>,
    ) -> Result<(), TemplateError> {
        properties.ignore(&["RouteSettings"]);
        let api = properties.text("ApiId")?;
        if api.as_ref().is_some_and(|api| !self.apis.contains(api)) || self.apis.is_empty() {
            return Err(properties.error("ApiId", "is not an HTTP API of this template"));
        }
        if properties.text("PayloadFormatVersion")?.is_some_and(|version| version != "2.0") {
            return Err(properties
                .error("PayloadFormatVersion", "other than 2.0 is not understood by the local twin"));
        }
        let method = properties.text("Method")?;
        let method = properties.required("Method", method)?.to_uppercase();
        let path = properties.text("Path")?;
        let path = properties.required("Path", path)?;
        let segments =
            segments(&path).ok_or_else(|| properties.error("Path", format!("{path} is not understood")))?;
        let authorizer = self.authorizer_of(&mut properties)?;
        properties.finish()?;
        self.routes.push(Route { method, path, segments, function: function.to_owned(), authorizer });
        Ok(())
    }

    fn authorizer_of(&self, properties: &mut Properties<'_>) -> Result<Option<String>, TemplateError> {
        let Some(mut auth) = properties.section("Auth")? else { return Ok(self.default_authorizer.clone()) };
        let name = auth.text("Authorizer")?;
        let authorizer = match name {
            None => self.default_authorizer.clone(),
            Some(name) if name == "NONE" => None,
            Some(name) if self.authorizers.contains_key(&name) => Some(name),
            Some(name) => {
                return Err(auth.error("Authorizer", format!("{name} is not an authorizer of the API")));
            }
        };
        auth.finish()?;
        Ok(authorizer)
    }
}

fn authorizer(mut section: Properties<'_>) -> Result<Authorizer, TemplateError> {
    section.ignore(&["EnableFunctionDefaultPermissions", "FunctionInvokeRole"]);
    let function = section.text("FunctionArn")?;
    let function = section.required("FunctionArn", function)?;
    if section.text("AuthorizerPayloadFormatVersion")?.is_none_or(|version| version != "2.0") {
        return Err(section
            .error("AuthorizerPayloadFormatVersion", "other than 2.0 is not understood by the local twin"));
    }
    if !section.flag("EnableSimpleResponses")? {
        return Err(
            section.error("EnableSimpleResponses", "other than true is not understood by the local twin")
        );
    }
    let mut identity = Vec::new();
    let mut remembered = None;
    if let Some(mut section) = section.section("Identity")? {
        let headers = section.texts("Headers")?;
        identity.extend(headers.iter().map(|name| IdentitySource::Header(name.to_lowercase())));
        for name in section.texts("Context")? {
            if name != "routeKey" {
                return Err(section.error("Context", format!("{name} is not understood by the local twin")));
            }
            identity.push(IdentitySource::RouteKey);
        }
        remembered = section.count("ReauthorizeEvery")?;
        section.finish()?;
    }
    // The gateway remembers a decision for five minutes, unless there is nothing to remember it by.
    if remembered.unwrap_or(if identity.is_empty() { 0 } else { 300 }) != 0 {
        return Err(
            section.error("Identity.ReauthorizeEvery", "other than 0 is not understood by the local twin")
        );
    }
    section.finish()?;
    Ok(Authorizer { function, identity })
}

fn cors(mut section: Properties<'_>) -> Result<Cors, TemplateError> {
    let cors = Cors {
        origins: section.texts("AllowOrigins")?,
        methods: section.texts("AllowMethods")?,
        headers: section.texts("AllowHeaders")?.iter().map(|name| name.to_lowercase()).collect(),
        exposed: section.texts("ExposeHeaders")?,
        max_age: section.number("MaxAge")?,
        credentials: section.flag("AllowCredentials")?,
    };
    section.finish()?;
    Ok(cors)
}

/// The path cut at its slashes; none for what is not a path, like `$default`.
fn segments(path: &str) -> Option<Vec<Segment>> {
    let rest = path.strip_prefix('/')?;
    if rest.is_empty() {
        return Some(Vec::new());
    }
    let mut segments = Vec::new();
    for part in rest.split('/') {
        if matches!(segments.last(), Some(Segment::Greedy(_))) {
            return None;
        }
        let variable = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
        segments.push(match variable {
            Some(name) => match name.strip_suffix('+') {
                Some(name) => Segment::Greedy(name.to_owned()),
                None => Segment::Variable(name.to_owned()),
            },
            None if part.contains(['{', '}']) => return None,
            None => Segment::Literal(part.to_owned()),
        });
    }
    Some(segments)
}
