//! What every server needs: configuration, telemetry, problem responses, shutdown.
