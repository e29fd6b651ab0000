// What people write first: a loop of js-yaml and ajv. `node speed_loop.mjs MODULES SCHEMA FOLDER` prints a line for each
// error and ends with 1 where there is one.
import { createRequire } from "node:module";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const [modules, schemaFile, folder] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const yaml = require("js-yaml");
const Ajv = require("ajv");
const ajv = new Ajv({ allErrors: true, strict: false });
require("ajv-formats")(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(schemaFile, "utf8")));

let errors = 0;
const tell = (path, message) => {
  errors += 1;
  console.log(`${path}: ${message}`);
};
for (const name of readdirSync(folder, { recursive: true }).sort()) {
  if (!name.endsWith(".md")) continue;
  const text = readFileSync(join(folder, name), "utf8");
  const end = text.indexOf("\n---\n", 3);
  if (!text.startsWith("---\n") || end < 0) {
    tell(name, "no front matter");
    continue;
  }
  try {
    if (!validate(yaml.load(text.slice(4, end + 1), { schema: yaml.CORE_SCHEMA })))
      for (const error of validate.errors) tell(name, `${error.instancePath} ${error.message}`);
  } catch (error) {
    tell(name, error.message.split("\n")[0]);
  }
}
process.exitCode = errors ? 1 : 0;
