// Asks Mermaid whether it reads every .mmd file of a folder, and whether it
// finds the hosts and messages in it that beside.json says, and nothing that
// acts: node mermaid.mjs DIR
import fs from "node:fs";
import path from "node:path";
import { JSDOM } from "jsdom";

const page = new JSDOM("<!DOCTYPE html><body></body>");
globalThis.window = page.window;
globalThis.document = page.window.document;
const { default: mermaid } = await import("mermaid");

const dir = process.argv[2];
const beside = JSON.parse(fs.readFileSync(path.join(dir, "beside.json"), "utf8"));
const note = 2; // the kind of a note in Mermaid's LINETYPE
let wrong = 0;
const say = (name, text) => {
  wrong++;
  console.log(`${name}.mmd: ${text}`);
};
for (const [name, want] of Object.entries(beside)) {
  try {
    const text = fs.readFileSync(path.join(dir, `${name}.mmd`), "utf8");
    await mermaid.parse(text);
    const { type, db } = await mermaid.mermaidAPI.getDiagramFromText(text);
    const arrows = db.getMessages().filter((m) => m.type !== note).length;
    const actors = [...db.getActors().values()];
    if (type !== "sequence") say(name, `a diagram of type ${type}`);
    if (actors.length !== want.hosts) say(name, `${actors.length} hosts, not ${want.hosts}`);
    if (arrows !== want.messages) say(name, `${arrows} messages, not ${want.messages}`);
    if (actors.some((a) => Object.keys(a.links ?? {}).length > 0)) say(name, "a link");
    if (mermaid.mermaidAPI.getConfig().securityLevel !== "strict") say(name, "it changed how safe Mermaid is");
  } catch (e) {
    say(name, e.message);
  }
}
console.log(`${Object.keys(beside).length} Mermaid diagrams, ${wrong} faults`);
process.exit(wrong > 0 ? 1 : 0);
