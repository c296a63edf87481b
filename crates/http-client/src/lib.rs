//! Carries reporters' and organizers' messages over HTTP, outside browsers.
