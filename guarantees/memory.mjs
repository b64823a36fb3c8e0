// Preloaded into the program: tells on standard error, when it ends, how much memory it held at most, and how much in the
// first and in the last third of its time.
const held = [];
const timer = setInterval(() => held.push(process.memoryUsage.rss()), 100);
timer.unref();
process.on('exit', () => {
  const third = Math.max(1, Math.floor(held.length / 3));
  const middle = (values) =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? process.memoryUsage.rss();
  const megabytes = (bytes) => Math.round(bytes / 1024 / 1024);
  const told = {
    most: Math.round(process.resourceUsage().maxRSS / 1024),
    early: megabytes(middle(held.slice(third, 2 * third))),
    late: megabytes(middle(held.slice(-third))),
  };
  process.stderr.write(`\nmemory ${JSON.stringify(told)}\n`);
});
