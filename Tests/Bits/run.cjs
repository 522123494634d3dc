// Runs the module that `run` builds. Memory and printing are the module's own.
const fs = require("fs");

const module_ = new WebAssembly.Module(fs.readFileSync(process.argv[2]));
const text = (start, count) => Buffer.from(instance.memory.buffer, start, count).toString();
const host = {
  record(kind, start, count) { process.stderr.write(text(start, count)); },
  stop(start, count) { throw new Error(text(start, count)); },
};
const imports = {};
for (const { module, name } of WebAssembly.Module.imports(module_)) {
  imports[module] ??= {};
  imports[module][name] = host[name] ?? (() => { throw new Error("the module called " + name); });
}
const instance = new WebAssembly.Instance(module_, imports).exports;
const memory = instance.memory;
// The far end of the stack, which no run reaches.
const length = instance.__heap_base.value - (1 << 20);
for (let index = 0; index < instance.bits_count(); index++) {
  const start = instance.bits_name(index, length);
  const count = new DataView(memory.buffer).getInt32(length, true);
  const name = Buffer.from(memory.buffer, start, count).toString();
  console.log(BigInt.asUintN(64, instance.bits_run(index)).toString(16) + " " + name);
}
