//! When to stop.

use tokio::signal;

/// Returns when the process is asked to end: SIGINT, or SIGTERM where there is one.
///
/// # Errors
/// If the signal handlers cannot be installed.
#[cfg(unix)]
pub async fn shutdown_signal() -> std::io::Result<()> {
    let mut terminate = signal::unix::signal(signal::unix::SignalKind::terminate())?;
    let mut interrupt = signal::unix::signal(signal::unix::SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

/// Returns when the process is asked to end.
///
/// # Errors
/// If the signal handler cannot be installed.
#[cfg(not(unix))]
pub async fn shutdown_signal() -> std::io::Result<()> {
    signal::ctrl_c().await
}
