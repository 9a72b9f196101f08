// Asks a source with Comunica, which lies below the folder that is the argument.
// Standard input: {"source": …, "queries": {name: text}}, the source as Comunica takes it.
// Standard output: {name: answer}; an answer has "vars" and "rows" (null where unbound), "triples",
// or "boolean", and the number of "requests" that it took; or it has "error" alone.
"use strict";
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");

const { QueryEngine } = createRequire(`${process.argv[2]}/`)("@comunica/query-sparql");

async function answer(engine, source, query) {
  let requests = 0;
  const counting = (...given) => {
    requests += 1;
    return fetch(...given);
  };
  const result = await engine.query(query, {
    sources: [source],
    fetch: counting,
  });
  if (result.resultType === "boolean") {
    return { boolean: await result.execute(), requests };
  }
  if (result.resultType === "quads") {
    const quads = await (await result.execute()).toArray();
    const triples = quads.map((one) => [one.subject.value, one.predicate.value, one.object.value]);
    return { triples, requests };
  }
  const stream = await result.execute();
  const { variables } = await result.metadata();
  const vars = variables.map((one) => (one.variable ?? one).value);
  const rows = (await stream.toArray()).map((row) =>
    vars.map((name) => row.get(name)?.value ?? null),
  );
  return { vars, rows, requests };
}

async function main() {
  const { source, queries } = JSON.parse(readFileSync(0, "utf-8"));
  const engine = new QueryEngine();
  const answers = {};
  for (const [name, query] of Object.entries(queries)) {
    try {
      answers[name] = await answer(engine, source, query);
    } catch (error) {
      answers[name] = { error: String(error) };
    }
  }
  process.stdout.write(JSON.stringify(answers));
}

main();
