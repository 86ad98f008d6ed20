//! `greenroom serve`.

use super::{Failure, run};
use crate::config::{Config, Source};
use crate::wiring::{Wired, wire};
use anyhow::Context;
use greenroom_app::{App, accounts, bank, calibration, interviews, keys, models};
use greenroom_telemetry::exporter;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

const ROLES: [&str; 3] = ["api", "live", "worker"];
/// How often old data is looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(600);
/// How often changes of other nodes are looked for: one small query.
const FOLLOW_EVERY: Duration = Duration::from_secs(30);
/// How often measures are tidied up.
const TIDY_EVERY: Duration = Duration::from_secs(5);
/// How long open requests may take after a stop was asked for.
const GRACE: Duration = Duration::from_secs(10);

pub fn serve(source: Source, listen: Option<SocketAddr>, roles: &[String]) -> Result<ExitCode, Failure> {
    if let Some(unknown) = roles.iter().find(|role| !ROLES.contains(&role.as_str())) {
        return Err(Failure::BadInput(format!(
            "there is no role {unknown}; choose from {}",
            ROLES.join(", ")
        )));
    }
    if !roles.is_empty() && ROLES.iter().any(|role| !roles.iter().any(|given| given == role)) {
        let message = "one process runs all roles so far; leave --role out, or name api,live,worker";
        return Err(Failure::BadInput(message.to_owned()));
    }
    crate::logs::start();
    let config =
        Config::load(&source).map_err(|error| Failure::BadInput(format!("{error:#}")))?.listening(listen);
    run(serve_until_stopped(config))?;
    Ok(ExitCode::SUCCESS)
}

async fn serve_until_stopped(config: Config) -> anyhow::Result<()> {
    let Wired { app, runner } = wire(&config).await?;
    let address = config.server.listen;
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("{address} cannot be listened on (server.listen)"))?;
    let stop = CancellationToken::new();
    let tasks = TaskTracker::new();
    let working = stop.clone();
    tasks.spawn(async move { runner.run(working).await });
    tasks.spawn(sweep(app.clone(), stop.clone()));
    tasks.spawn(follow_changes(app.clone(), stop.clone()));
    tasks.spawn(look_after_keys(app.clone(), stop.clone()));
    tasks.spawn(tidy_measures(stop.clone()));
    eprintln!("Greenroom is ready at http://{}", listener.local_addr()?);
    if let Some(address) = config.server.metrics_listen {
        tasks.spawn(serve_measures(address, app.clone(), stop.clone()).await?);
    }
    let router = greenroom_api::router(app.clone(), config.server.clone());
    let stopping = stop.clone();
    let server = greenroom_api::serve(listener, router, &config.server, async move {
        asked_to_stop().await;
        stopping.cancel();
    });
    tokio::select! {
        () = server => {}
        () = late(&stop) => {}
    }
    stop.cancel();
    tasks.close();
    // What has begun is finished; what waits is done at the next start.
    let _ = tokio::time::timeout(GRACE, tasks.wait()).await;
    Ok(())
}

/// Serves `/metrics` on its own address until `stop`.
async fn serve_measures(
    address: SocketAddr,
    app: App,
    stop: CancellationToken,
) -> anyhow::Result<impl Future<Output = ()>> {
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("{address} cannot be listened on (server.metrics_listen)"))?;
    tracing::info!(address = %listener.local_addr()?, "measures are served");
    Ok(async move {
        let router = greenroom_api::metrics_router(app);
        if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(stop.cancelled_owned()).await
        {
            tracing::error!(%error, "measures are no longer served");
        }
    })
}

/// Keeps measures from growing when nobody reads them.
async fn tidy_measures(stop: CancellationToken) {
    let mut ticks = tokio::time::interval(TIDY_EVERY);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => exporter().tidy(),
        }
    }
}

/// Open WebSockets never end by themselves: they get a grace period.
async fn late(stop: &CancellationToken) {
    stop.cancelled().await;
    tokio::time::sleep(GRACE).await;
}

/// Forgets guests whose time is over, closes interviews nobody came back to, prunes old keys and tokens.
async fn sweep(app: App, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(SWEEP_EVERY);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        if let Err(error) = calibration::schedule(&app).await {
            tracing::warn!(%error, "the calibration of questions could not be queued");
        }
        let old = app.now().plus_ms(-48 * 3_600_000);
        let outcomes = [
            ("guests", accounts::erase_expired_guests(&app).await.map(|n| n as u64)),
            ("interviews", interviews::abandon_stale(&app).await.map(|n| n as u64)),
            ("idempotency keys", app.store().prune_idempotency(old).await.map_err(Into::into)),
            ("deleted model providers", models::wipe_deleted(&app).await),
            ("sign-ins", accounts::forget_expired_sign_ins(&app).await),
        ];
        for (what, outcome) in outcomes {
            match outcome {
                Ok(0) => {}
                Ok(count) => tracing::info!(what, count, "old data was cleared"),
                Err(error) => tracing::warn!(what, %error, "old data could not be cleared"),
            }
        }
    }
}

/// Encrypts what is stored from before, and takes up a new master key.
async fn look_after_keys(app: App, stop: CancellationToken) {
    let sealed = tokio::select! {
        () = stop.cancelled() => return,
        sealed = keys::seal_old_texts(&app) => sealed,
    };
    match sealed {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "texts from before were encrypted"),
        Err(error) => {
            tracing::warn!(%error, "texts from before could not be encrypted; the next start goes on")
        }
    }
    let mut ticks = tokio::time::interval(FOLLOW_EVERY);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        match keys::take_up_master(&app).await {
            Ok((0, 0)) => {}
            Ok((people, vendors)) => {
                tracing::info!(people, vendors, "keys were wrapped with the new master key")
            }
            Err(error) => tracing::warn!(%error, "keys could not be wrapped with the new master key"),
        }
    }
}

/// Takes up what was changed about language models and questions at another node.
async fn follow_changes(app: App, stop: CancellationToken) {
    let mut ticks = tokio::time::interval(FOLLOW_EVERY);
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        if let Err(error) = accounts::forget_erased(&app).await {
            tracing::warn!(%error, "who was erased elsewhere cannot be looked up");
        }
        match models::refresh(&app).await {
            Ok(false) => {}
            Ok(true) => tracing::info!("language models were changed elsewhere and are taken up"),
            Err(error) => tracing::warn!(%error, "language models cannot be looked up"),
        }
        match calibration::refresh(&app).await {
            Ok(false) => {}
            Ok(true) => tracing::info!("questions were calibrated elsewhere and are taken up"),
            Err(error) => tracing::warn!(%error, "calibrated questions cannot be looked up"),
        }
        match bank::refresh(&app).await {
            Ok(false) => {}
            Ok(true) => tracing::info!("questions were changed elsewhere and are taken up"),
            Err(error) => tracing::warn!(%error, "added questions cannot be looked up"),
        }
    }
}

async fn asked_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
