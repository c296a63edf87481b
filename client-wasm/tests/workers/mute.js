// Listens, and never says anything again, as on a device that is far too slow.
postMessage(new Uint8Array([0]));
