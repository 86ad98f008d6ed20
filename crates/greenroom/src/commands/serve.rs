//! `greenroom serve`.

use super::{Failure, run};
use crate::config::{Config, Source};
use crate::roles::{Archivist, Bookkeeper, Follower, Front, KeyKeeper, Measures, Roles, Shutdown, Worker};
use crate::wiring::{Wired, claim_objects, voice_rooms, wire};
use anyhow::Context;
use greenroom_api::Served;
use greenroom_app::{App, objects};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// Longest wait for the database when this node says that it goes.
const FAREWELL: Duration = Duration::from_secs(2);

pub fn serve(source: Source, listen: Option<SocketAddr>, roles: &[String]) -> Result<ExitCode, Failure> {
    let roles = Roles::named(roles).map_err(Failure::BadInput)?;
    let config =
        Config::load(&source).map_err(|error| Failure::BadInput(format!("{error:#}")))?.listening(listen);
    roles.check(&config).map_err(Failure::BadInput)?;
    let exporting = crate::logs::start(&config.logs)?;
    let served = run(serve_until_stopped(config, roles));
    if let Some(exporting) = exporting {
        exporting.finish();
    }
    served?;
    Ok(ExitCode::SUCCESS)
}

async fn serve_until_stopped(config: Config, roles: Roles) -> anyhow::Result<()> {
    let Wired { app, runner, scheduler, radio, waker } = wire(&config).await?;
    claim_objects(&app).await?;
    let listener = bound(config.server.listen, "server.listen").await?;
    let voice = voice_rooms(&config, roles.live)?;
    let own = match config.server.metrics_listen {
        Some(address) => Some((
            bound(address, "server.metrics_listen").await?,
            greenroom_api::metrics_router(app.clone(), voice.clone()),
        )),
        None => None,
    };
    let shutdown = Shutdown { finish: app.tasks().stopping().clone(), ..Shutdown::default() };
    let silence = CancellationToken::new();
    let mut beside = JoinSet::new();
    beside.spawn(shutdown.clone().follow_signals());
    let mut talking = JoinSet::new();
    if let Some(radio) = &radio {
        talking.spawn(radio.clone().run(app.clone(), waker, silence.clone()));
    }
    let books = Bookkeeper::open(app.clone()).await;
    objects::clear_soon(&app);
    let redis = greenroom_bus::Redis::open(&config.redis)?;
    eprintln!("Greenroom is ready at http://{}", listener.local_addr()?);
    let mut running = JoinSet::new();
    let served = Served { api: roles.api, live: roles.live };
    let router = greenroom_api::router_of(app.clone(), config.server.clone(), served, voice.clone(), redis);
    let options = config.server.clone();
    running.spawn(Front { listener, router, options }.run(shutdown.clone()));
    if roles.worker {
        radio.iter().for_each(|radio| radio.works());
        running.spawn(Worker { runner, scheduler }.run(shutdown.clone()));
    }
    if let Some(spool) = voice.spool() {
        running.spawn(Archivist { app: app.clone(), spool: spool.to_owned() }.run(shutdown.clone()));
    }
    let changed = radio.as_ref().map(|radio| radio.changed.clone()).unwrap_or_default();
    running.spawn(Measures { own }.run(shutdown.clone()));
    running.spawn(books.run(shutdown.clone()));
    running.spawn(KeyKeeper { app: app.clone() }.run(shutdown.clone()));
    running.spawn(Follower { app: app.clone(), changed }.run(shutdown.clone()));
    let mut outcome = Ok(());
    while let Some(ended) = running.join_next().await {
        // A role that ends by itself, for a reason or not, ends the process.
        shutdown.finish.cancel();
        outcome = outcome.and(ended.context("a part of the server broke down").flatten());
    }
    end(&app, &shutdown).await;
    voice.shut_down().await;
    silence.cancel();
    talking.join_all().await;
    outcome
}

async fn bound(address: SocketAddr, setting: &str) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(address).await;
    listener.with_context(|| format!("{address} cannot be listened on ({setting})"))
}

/// What requests began is finished, unless there is no time; then others may have what this node held.
async fn end(app: &App, shutdown: &Shutdown) {
    tokio::select! {
        () = app.tasks().ended() => {}
        () = shutdown.now.cancelled() => {}
    }
    match tokio::time::timeout(FAREWELL, app.leave()).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "leases could not be ended; they run out"),
        Err(_) => tracing::warn!("the database does not answer; leases run out"),
    }
}
