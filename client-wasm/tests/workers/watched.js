// Tells a channel of every call of the module with wide arithmetic, and can make its products wrong.
export function watch({ lies }) {
  const channel = new BroadcastChannel("wide");
  const Instance = WebAssembly.Instance;
  WebAssembly.Instance = class {
    constructor(module, imports) {
      const { exports } = new Instance(module, imports);
      const told = (name) => () => {
        channel.postMessage(name);
        const done = exports[name]();
        if (lies) new Uint8Array(exports.memory.buffer)[exports.desk() + 99] ^= 8;
        return done;
      };
      this.exports = { ...exports, multiply: told("multiply"), power: told("power") };
    }
  };
}
