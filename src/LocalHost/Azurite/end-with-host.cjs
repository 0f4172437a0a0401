// Preloaded into Azurite. Its standard input is a pipe that only the host holds: when the host is gone,
// however it ended, the pipe closes and Azurite writes what it has acknowledged and stops.
process.stdin.on('end', () => process.emit('SIGTERM') || process.exit());
process.stdin.on('error', () => process.emit('SIGTERM') || process.exit());
process.stdin.resume();

// A terminal sends Ctrl+C to the whole group. The worker still needs its storage then: the host stops it last.
const once = process.once;
process.once = function (event, listener) {
  return event === 'SIGINT' ? this : once.call(this, event, listener);
};
process.on('SIGINT', () => {});
