// Runs the module that `run` builds. The host part is what Embedded Swift asks for: memory from a
// pointer that only rises, and a place for characters.
const fs = require("fs");

const module_ = new WebAssembly.Module(fs.readFileSync(process.argv[2]));
let memory, next;
const host = {
  posix_memalign(result, alignment, size) {
    next = Math.ceil(next / Math.max(alignment, 16)) * Math.max(alignment, 16);
    const missing = next + size - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536) + 64);
    new DataView(memory.buffer).setUint32(result, next, true);
    next += size;
    return 0;
  },
  free() {},
  putchar(character) {
    process.stderr.write(String.fromCharCode(character));
    return character;
  },
};
const imports = { env: {} };
for (const { name } of WebAssembly.Module.imports(module_)) {
  imports.env[name] = host[name] ?? (() => { throw new Error("the module called " + name); });
}
const instance = new WebAssembly.Instance(module_, imports).exports;
memory = instance.memory;
next = instance.__heap_base.value + 64;
const length = instance.__heap_base.value;
for (let index = 0; index < instance.bits_count(); index++) {
  const start = instance.bits_name(index, length);
  const count = new DataView(memory.buffer).getInt32(length, true);
  const name = Buffer.from(memory.buffer, start, count).toString();
  console.log(BigInt.asUintN(64, instance.bits_run(index)).toString(16) + " " + name);
}
