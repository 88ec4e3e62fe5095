//! The local twin as a program: `cargo run`.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use jiff::Timestamp;
use local::door::Clock;
use local::{Options, World, server};
use tokio::net::TcpListener;

mod arguments;

use arguments::{Arguments, Wish};

/// What a wrong call ends with.
const USAGE: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::builder()
                .with_default_directive(tracing_subscriber::filter::LevelFilter::WARN.into())
                .from_env_lossy(),
        )
        .with_writer(std::io::stderr)
        .init();
    let wish = match arguments::read(std::env::args_os().skip(1)) {
        Ok(wish) => wish,
        Err(problem) => return complain(&problem),
    };
    let outcome = match wish {
        Wish::Help => say(arguments::HELP),
        Wish::Run(arguments) => run(arguments).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => complain(&problem),
    }
}

async fn run(arguments: Arguments) -> Result<(), String> {
    let listener = listen(arguments.port).await?;
    let port = listener.local_addr().map_err(|error| error.to_string())?.port();
    let base_url = format!("http://localhost:{port}");
    let mut options = Options::new(Clock::running(arguments.start.unwrap_or(Timestamp::UNIX_EPOCH)));
    options.base_url.clone_from(&base_url);
    options.policy = arguments.policy.as_deref().map(policy).transpose()?;
    options.origins.clone_from(&arguments.origins);
    options.data.clone_from(&arguments.data);
    if let Some(template) = &arguments.template {
        options.template.clone_from(template);
    }
    let world = World::new(options).map_err(|error| error.to_string())?;
    if let Some(start) = arguments.start {
        // Kept, so that a later start goes on from there.
        world.cloud().set_clock(start).map_err(|error| error.to_string())?;
    }
    let stop = stop_signal()?;
    say(&welcome(&world, &base_url, &arguments))?;
    server::serve(world, listener, &base_url, stop).await.map_err(|error| error.to_string())?;
    say("\nStopped. Nothing is lost.")
}

/// A policy document, checked before anything is made with it.
fn policy(path: &Path) -> Result<String, String> {
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("policy {}: {error}", path.display()))?;
    complaints::policy::Policy::parse(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(text)
}

async fn listen(port: u16) -> Result<TcpListener, String> {
    TcpListener::bind(("127.0.0.1", port)).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => format!("port {port} is in use; choose another with --port"),
        _ => format!("port {port}: {error}"),
    })
}

/// Ready on Ctrl-C, or when the system asks to end.
fn stop_signal() -> Result<impl Future<Output = ()> + Send + 'static, String> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
        .map_err(|error| format!("signals: {error}"))?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        #[cfg(not(unix))]
        drop(tokio::signal::ctrl_c().await);
    })
}

fn welcome(world: &World, base_url: &str, arguments: &Arguments) -> String {
    let kept = match &arguments.data {
        Some(folder) => format!("{}, and there again after a restart", folder.display()),
        None => "memory only: gone when this stops".to_owned(),
    };
    format!(
        "\nThe complaints desk is open.\n\n  \
         Complain       {base_url}/\n  \
         Inbox          {base_url}/twin/inbox\n  \
         Clock          {base_url}/twin/   (it is {now:.0})\n  \
         Staff token    {base_url}/twin/token?name=Ann&role=csr   (or manager, final)\n  \
         Kept in        {kept}\n\n\
         Ctrl-C stops it.",
        now = world.now(),
    )
}

fn say(text: &str) -> Result<(), String> {
    writeln!(std::io::stdout(), "{text}").map_err(|error| error.to_string())
}

fn complain(problem: &str) -> ExitCode {
    // Where standard error is gone too, there is nobody to tell.
    drop(writeln!(std::io::stderr(), "error: {problem}"));
    ExitCode::from(USAGE)
}
