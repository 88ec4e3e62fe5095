//! Files on their way to the bucket, as browsers and programs send them.

use bytes::Bytes;
use complaints::values::Digest;
use http::{Request, Response};
use serde_json::{Value, json};

use super::Desk;
use super::ask::{Reply, get, post};
use super::customer::Customer;
use super::staff::Staff;

/// The bucket, as the twin calls it.
pub(crate) const BUCKET: &str = "local-files";
pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR and the picture of a receipt";
pub(crate) const PDF: &[u8] = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3 and a bill";

/// A file as it lies on somebody's machine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct File<'f> {
    pub(crate) name: &'f str,
    pub(crate) kind: &'f str,
    pub(crate) content: &'f [u8],
}

/// A screenshot.
pub(crate) const SHOT: File<'static> = File { name: "receipt.png", kind: "image/png", content: PNG };

/// The text that every scanner takes for harmful.
pub(crate) fn eicar() -> Vec<u8> {
    [r"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].concat().into_bytes()
}

impl File<'_> {
    /// What is said of it when its sending is asked for.
    pub(crate) fn body(&self) -> Value {
        let digest = Digest::of(self.content);
        let sha256 = digest.as_bytes().map(|byte| format!("{byte:02x}")).concat();
        json!({"name": self.name, "type": self.kind, "size": self.content.len(), "sha256": sha256})
    }

    /// The request by which it is sent, as the offer says.
    pub(crate) fn sending(&self, offer: &Value) -> Request<Bytes> {
        assert_eq!(offer["method"], "PUT");
        let mut request =
            Request::put(offer["url"].as_str().unwrap()).header("content-length", self.content.len());
        for (name, value) in offer["headers"].as_object().unwrap() {
            request = request.header(name, value.as_str().unwrap());
        }
        request.body(Bytes::copy_from_slice(self.content)).unwrap()
    }

    /// The request of a browser that posts it with the form of this page.
    pub(crate) fn posted_with(&self, page: &str) -> Request<Bytes> {
        let (action, fields) = form_in(page);
        let mut body = Vec::new();
        for (name, value) in fields {
            let part =
                format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.into_bytes());
        }
        // As browsers write names: quotes and line ends percent-encoded.
        let name = self.name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        let head = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {}\r\n\r\n",
            self.kind
        );
        body.extend(head.into_bytes());
        body.extend(self.content);
        body.extend(b"\r\n--edge--\r\n");
        let request = Request::post(action).header("content-type", "multipart/form-data; boundary=edge");
        request.body(Bytes::from(body)).unwrap()
    }
}

/// Where the form of a page with a file is posted, and its hidden fields.
pub(crate) fn form_in(page: &str) -> (String, Vec<(String, String)>) {
    let form = page.split_once("enctype=\"multipart/form-data\"").expect("a form for a file");
    let action = form.0.rsplit_once("action=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    let hidden = form.1.split("<input type=\"hidden\" ").skip(1);
    let attribute = |input: &str, name: &str| {
        let value = input.split_once(&format!("{name}=\"")).unwrap().1.split_once('"').unwrap().0;
        value.replace("&#38;", "&").replace("&amp;", "&").replace("&#34;", "\"")
    };
    (action, hidden.map(|input| (attribute(input, "name"), attribute(input, "value"))).collect())
}

impl Desk {
    /// Sends something to the bucket, and lets everything happen that follows.
    pub(crate) async fn to_bucket(&self, request: Request<Bytes>) -> Response<Bytes> {
        let response = self.world.cloud().call(request).await;
        self.world.settle().await.unwrap();
        response
    }

    /// Fetches what a link leads to.
    pub(crate) async fn fetches(&self, link: &str) -> Response<Bytes> {
        self.to_bucket(Request::get(link).body(Bytes::new()).unwrap()).await
    }

    /// What lies in the bucket, by the first part of each key.
    pub(crate) fn lies(&self) -> Vec<String> {
        let keys = self.world.cloud().object_keys(BUCKET).unwrap();
        keys.iter().map(|key| key.split('/').next().unwrap().to_owned()).collect()
    }
}

/// A customer asks to send a file.
pub(crate) async fn asks(customer: &Customer<'_>, file: &File<'_>) -> Reply {
    customer.there(post(&format!("/my/{}/files", customer.reference)).json(&file.body())).await
}

/// A customer's program sends a file.
pub(crate) async fn sends(desk: &Desk, customer: &Customer<'_>, file: &File<'_>) {
    let offer = asks(customer, file).await;
    assert_eq!(offer.status, 201, "{}", offer.body);
    let answer = desk.to_bucket(file.sending(&offer.json())).await;
    assert_eq!(answer.status(), 200, "{:?}", answer.body());
}

/// The page of a customer's files.
pub(crate) async fn page(customer: &Customer<'_>) -> String {
    let page = customer.there(get(&format!("/my/{}/files", customer.reference)).html()).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.body
}

/// A customer's files, for programs.
pub(crate) async fn of(customer: &Customer<'_>) -> Value {
    let ask = get(&format!("/my/{}/files", customer.reference)).header("accept", "application/json");
    let reply = customer.there(ask).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()
}

/// What became of each of a complaint's files.
pub(crate) fn states(view: &Value) -> Vec<&str> {
    view["files"].as_array().into_iter().flatten().map(|file| file["state"].as_str().unwrap()).collect()
}

/// A member of staff asks to add a file.
pub(crate) async fn staff_asks(desk: &Desk, staff: &Staff<'_>, reference: &str, body: &Value) -> Reply {
    let ask = post(&format!("/staff/complaints/{reference}/files")).json(body);
    desk.send(staff.signed(ask)).await
}

/// A member of staff wants to open a file.
pub(crate) async fn opens(desk: &Desk, staff: &Staff<'_>, reference: &str, file: &Value) -> Reply {
    let path = format!("/staff/complaints/{reference}/files/{}", file["id"].as_str().unwrap());
    desk.send(staff.signed(get(&path))).await
}
