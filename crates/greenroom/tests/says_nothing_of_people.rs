//! Nothing that the program writes about itself says anything of people: a whole interview with a model, and much that
//! goes wrong, at the most talkative level. Then every line, every span and every measure is searched.

mod collector;

use collector::collector;
use greenroom_testkit::model::{ModelServer, Play, interviewer};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use ureq::http::Request;

const GREENROOM: &str = env!("CARGO_BIN_EXE_greenroom");
const PATIENCE: Duration = Duration::from_secs(60);

const NAME: &str = "Zenobia Quartermaine";
const EMAIL: &str = "zenobia.quartermaine@example.org";
const PASSWORD: &str = "marzipan lighthouse orchestra";
const WRONG_PASSWORD: &str = "wrong-xylophone-passphrase";
const ANSWER: &str =
    "I looked after the cormorant pipeline for two years, and I made it much faster with an index.";
const RESUME: &str = "Zenobia Quartermaine\nzenobia.quartermaine@example.org\n+1 555 0142 777\nExperience\n\
    Engineer at Brimstonia Looms, 2019 - 2024\n- Rewrote the heliotrope scheduler in Rust\nSkills\nRust, SQL\n";
const JOB: &str = "Backend Engineer at Vermilion Foundry. You will build REST APIs. Experience with SQL is required. \
    You will join our team.";

/// Words that stand for something of hers and nowhere else.
const HERS: [&str; 17] = [
    "zenobia",
    "quartermaine",
    "marzipan",
    "xylophone",
    "cormorant",
    "brimstonia",
    "heliotrope",
    "vermilion",
    "555 0142",
    "saxifrage",
    "tourmaline",
    "periwinkle",
    "obsidian",
    "gossamer",
    "nasturtium",
    "calliope",
    "bandicoot",
];

struct Running {
    child: Child,
    address: String,
}

impl Running {
    /// Starts a server that writes all that it can to `home`.
    fn start(home: &Path, collector: &str, model: &ModelServer) -> Self {
        let mut command = Command::new(GREENROOM);
        model.provide(&mut command, "lab");
        let stderr = std::fs::File::create(home.join("stderr")).expect("a file");
        let child = command
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(home.join("data"))
            .env("GREENROOM__SERVER__LIMITS__ENABLED", "false")
            .env("GREENROOM__LOGS__LEVEL", "debug,greenroom=trace")
            .env("GREENROOM__LOGS__DIR", home.join("logs"))
            .env_remove("RUST_LOG")
            .env("RUST_BACKTRACE", "1")
            .env("OTEL_EXPORTER_OTLP_ENDPOINT", collector)
            .env("OTEL_BSP_SCHEDULE_DELAY", "100")
            .stdout(Stdio::null())
            .stderr(stderr)
            .spawn()
            .expect("the program starts");
        let mut running = Self { child, address: String::new() };
        let begun = Instant::now();
        loop {
            let said = std::fs::read_to_string(home.join("stderr")).expect("it can be read");
            if let Some((_, rest)) = said.split_once("ready at ").filter(|(_, rest)| rest.contains('\n')) {
                running.address = rest.lines().next().expect("an address").to_owned();
                return running;
            }
            assert!(begun.elapsed() < PATIENCE, "the server did not start: {said}");
            std::thread::yield_now();
        }
    }

    /// Asks it to end, and waits: it sends the last spans.
    fn end(mut self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().expect("kill runs").success());
        assert!(self.child.wait().expect("it ends").success());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Somebody at a browser.
struct Visitor<'a> {
    server: &'a Running,
    token: String,
    secrets: Vec<String>,
}

impl Visitor<'_> {
    fn send(&self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> (u16, Value) {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .timeout_global(Some(PATIENCE))
            .build()
            .into();
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.server.address))
            .header("content-type", kind)
            .header("user-agent", "Mozilla/5.0 (calliope; Linux) Firefox/140.0")
            .header("authorization", format!("Bearer {}", self.token))
            .body(body)
            .expect("a request");
        let mut response = agent.run(request).expect("an answer");
        let status = response.status().as_u16();
        let text = response.body_mut().read_to_string().unwrap_or_default();
        (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let bytes = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        self.send(method, path, "application/json", bytes)
    }

    fn get(&self, path: &str) -> Value {
        let (status, body) = self.call("GET", path, &Value::Null);
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    /// Uploads a file by this name.
    fn upload(&self, name: &str, content: &[u8]) -> u16 {
        let mut form = format!(
            "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        form.extend_from_slice(content);
        form.extend_from_slice(b"\r\n--edge--\r\n");
        self.send("POST", "/api/resumes", "multipart/form-data; boundary=edge", form).0
    }

    /// Takes the tokens of an answer on.
    fn signed_in(&mut self, tokens: &Value) {
        self.token = tokens["access_token"].as_str().expect("a token").to_owned();
        self.secrets.push(self.token.clone());
        self.secrets.push(tokens["refresh_token"].as_str().expect("a token").to_owned());
    }

    fn register(&mut self) {
        let (_, guest) = self.call("POST", "/api/users/guest", &json!({}));
        self.signed_in(&guest);
        let new = |email: &str, password: &str| json!({"email": email, "password": password, "name": NAME});
        assert_eq!(self.call("POST", "/api/users/register", &new("zenobia-at-nowhere", PASSWORD)).0, 422);
        assert_eq!(self.call("POST", "/api/users/register", &new(EMAIL, "zenobia")).0, 422);
        let (status, tokens) = self.call("POST", "/api/users/register", &new(EMAIL, PASSWORD));
        assert_eq!(status, 201, "{tokens}");
        assert_eq!(self.call("POST", "/api/users/register", &new(EMAIL, PASSWORD)).0, 409);
        let login = |password: &str| json!({"email": EMAIL, "password": password});
        assert_eq!(self.call("POST", "/api/users/login", &login(WRONG_PASSWORD)).0, 401);
        let (_, tokens) = self.call("POST", "/api/users/login", &login(PASSWORD));
        self.signed_in(&tokens);
        let (_, renewed) =
            self.call("POST", "/api/users/refresh", &json!({"refresh_token": tokens["refresh_token"]}));
        self.signed_in(&renewed);
        let changed =
            json!({"current_password": WRONG_PASSWORD, "new_password": "saxifrage ladders at noon"});
        assert_eq!(self.call("PUT", "/api/users/me", &changed).0, 422);
    }

    /// What people send that is not as it should be.
    fn blunder(&self) {
        assert_eq!(self.upload("Zenobia-Quartermaine.pdf", b"%PDF-1.7 tourmaline is not a page") / 100, 4);
        assert_eq!(self.upload("tourmaline.docx", b"PK\x03\x04 tourmaline") / 100, 4);
        let broken = b"{\"title\": \"periwinkle\", ".to_vec();
        assert_eq!(self.send("POST", "/api/configs", "application/json", broken).0, 400);
        assert_eq!(
            self.call("POST", "/api/configs", &json!({"title": ["periwinkle"], "obsidian": 1})).0,
            422
        );
        assert_eq!(self.call("GET", "/api/obsidian/gossamer?words=nasturtium", &Value::Null).0, 404);
        assert_eq!(self.call("GET", "/api/sessions?limit=obsidian", &Value::Null).0, 422);
        assert_eq!(self.call("GET", "/api/sessions/obsidian", &Value::Null).0, 404);
        assert_eq!(self.call("GET", "/api/admin/jobs?kind=gossamer", &Value::Null).0, 403);
        // It leads back to the app, which is there.
        let back = "/api/oauth/obsidian/callback?state=gossamer&code=nasturtium";
        assert_eq!(self.call("GET", back, &Value::Null).0, 200);
        assert_eq!(self.call("BANDICOOT", "/api/sessions", &Value::Null).0 / 100, 4);
        let consent = json!({"version": "obsidian"});
        assert_eq!(self.call("PUT", "/api/users/me/consents/model_vendor", &consent).0, 409);
    }

    fn be_interviewed(&self) {
        let profile = json!({"skills": ["nasturtium tables"], "target_job_titles": ["Keeper of gossamer"]});
        assert_eq!(self.call("PUT", "/api/users/me/profile", &profile).0, 200);
        assert_eq!(self.upload("Zenobia-Quartermaine.txt", RESUME.as_bytes()), 201);
        let resumes = self.get("/api/resumes");
        let config = json!({"title": "Vermilion", "job_description": JOB, "difficulty": "intermediate",
            "interview_type": ["technical"], "duration": 5, "question_count": 3, "resume_id": resumes["items"][0]["id"]});
        let (status, config) = self.call("POST", "/api/configs", &config);
        assert_eq!(status, 201, "{config}");
        let (status, session) = self.call("POST", "/api/sessions", &json!({"config_id": config["id"]}));
        assert_eq!(status, 201, "{session}");
        let of = |rest: &str| format!("/api/sessions/{}{rest}", session["id"].as_str().expect("an id"));
        let mut question = session["current_question"].clone();
        let mut response = Value::Null;
        while question.is_object() {
            let answer = json!({"question_id": question["id"], "content": ANSWER});
            let (status, answered) = self.call("POST", &of("/answers"), &answer);
            assert_eq!(status, 201, "{answered}");
            let again = self.call("POST", &of("/answers"), &answer);
            assert_eq!(again.0, 409, "it was answered: {}", again.1);
            response = answered["response"]["id"].clone();
            question = answered["next_question"].clone();
        }
        let begun = Instant::now();
        while self.get(&of("/report"))["pending_evaluations"] != 0 {
            assert!(begun.elapsed() < PATIENCE, "the answers are not judged");
            std::thread::yield_now();
        }
        assert!(self.get(&of("/events?limit=100")).to_string().contains("cormorant"));
        let feedback = self.call("POST", "/api/feedback", &json!({"response_id": response}));
        assert!(feedback.0 < 300, "{}", feedback.1);
        for file in ["/report?format=pdf", "/transcript?format=markdown", "/transcript?format=pdf"] {
            self.get(&of(file));
        }
        let alone = json!({"question": "What is gossamer?", "answer": ANSWER});
        assert_eq!(self.call("POST", "/api/evaluations", &alone).0, 201);
    }
}

/// A model that repeats what it hears, and now and then does not manage.
fn echo(request: &Value, number: usize) -> Play {
    match number % 5 {
        1 => Play::Words(format!("not what was asked for: {ANSWER} {NAME}")),
        2 => Play::Reset(format!("{ANSWER} {ANSWER}")),
        3 => Play::Status(500, None),
        _ => Play::Words(interviewer(request)),
    }
}

#[test]
fn no_line_no_span_and_no_measure_says_anything_of_people() {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("one");
    let (address, received) = collector(&runtime);
    let model = ModelServer::start(echo);
    let home = tempfile::tempdir().expect("a temporary directory");
    let server = Running::start(home.path(), &address, &model);
    let mut visitor = Visitor { server: &server, token: String::new(), secrets: Vec::new() };
    visitor.register();
    visitor.blunder();
    visitor.be_interviewed();
    let measures = visitor.get("/metrics").to_string();
    assert!(visitor.get("/api/users/me/export").to_string().contains("heliotrope"));
    assert_eq!(visitor.call("DELETE", "/api/users/me", &Value::Null).0, 204);
    let secrets = std::mem::take(&mut visitor.secrets);
    server.end();

    let stderr = std::fs::read_to_string(home.path().join("stderr")).expect("it can be read");
    let mut lines = String::new();
    for file in std::fs::read_dir(home.path().join("logs")).expect("logs").flatten() {
        lines.push_str(&std::fs::read_to_string(file.path()).expect("text"));
    }
    let spans = format!("{:?}", received.spans.lock().expect("nobody panicked"));
    // What is searched is there.
    let talkative = ["\"DEBUG\"", "greenroom_api", "interview.id", "job.kind"];
    assert!(talkative.iter().all(|part| lines.contains(part)), "{} lines: {lines}", lines.lines().count());
    assert!(spans.contains("http.route") && measures.contains("greenroom_http_request_seconds"));
    assert!(model.heard().len() > 3, "the model was asked");
    let written = [("stderr", &stderr), ("the log", &lines), ("spans", &spans), ("measures", &measures)];
    for (place, text) in written {
        let small = text.to_lowercase();
        for word in HERS {
            let found = small.lines().find(|line| line.contains(word));
            assert!(found.is_none(), "{word} stands in {place}: {}", found.unwrap_or_default());
        }
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "a token stands in {place}");
        }
    }
}
