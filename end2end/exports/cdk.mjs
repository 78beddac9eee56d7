// The CDK stacks that drafts become: they compile, and what they synthesise has the resources of the CloudFormation export.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';

const require = createRequire(import.meta.url);
const cdk = require('aws-cdk-lib');
const folder = resolve(process.argv[2]);
const modules = resolve(import.meta.dirname, '../node_modules');
// Type-checking is what takes the time, so these few stand for all: roles, secrets, volumes, hostile texts, odd keys.
const CHECKED = ['tutorial', 'secrets', 'efs', 'linux', 'shell', 'proxy', 'labels'];

const stack = (draft) => join(folder, draft, 'cdk/lib/task-definition-stack.ts');
const options = {
  strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10, types: [],
  baseUrl: modules, paths: { 'aws-cdk-lib': ['aws-cdk-lib'], 'aws-cdk-lib/*': ['aws-cdk-lib/*'], constructs: ['constructs'] },
};

function errors(files, text) {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => (text?.[name] ? ts.createSourceFile(name, text[name], options.target) : read(name, ...rest));
  return ts.getPreEmitDiagnostics(ts.createProgram(files, options, host)).map((d) => `${d.file?.fileName}: ${ts.flattenDiagnosticMessageText(d.messageText, '\n')}`);
}

// The class of a stack, compiled and loaded.
function load(source) {
  const code = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } }).outputText;
  const module = { exports: {} };
  new Function('module', 'exports', 'require', code)(module, module.exports, require);
  return module.exports.TaskDefinitionStack;
}

// Both ways to put a string together, as one list of parts; neighbouring literals are one.
function flat(value) {
  if (Array.isArray(value)) return value.map(flat);
  if (value === null || typeof value !== 'object') return value;
  const keys = Object.keys(value);
  const parts = keys.length === 1 ? pieces(value) : null;
  if (parts) return { text: parts.reduce((all, part) => (typeof part === 'string' && typeof all.at(-1) === 'string' ? [...all.slice(0, -1), all.at(-1) + part] : [...all, part]), []) };
  // Tags are a set, which the library sorts.
  const sorted = (key) => (key === 'Tags' ? value[key].toSorted((a, b) => (a.Key < b.Key ? -1 : 1)) : value[key]);
  return Object.fromEntries(keys.sort().map((key) => [key, flat(sorted(key))]));
}

function pieces(value) {
  if ('Ref' in value) return [{ ref: value.Ref }];
  if ('Fn::GetAtt' in value) return [{ ref: value['Fn::GetAtt'].join('.') }];
  if ('Fn::Join' in value) return value['Fn::Join'][1].flatMap((part) => (typeof part === 'string' ? [part] : pieces(part)));
  if ('Fn::Sub' in value) return value['Fn::Sub'].split(/(\$\{[^!}][^}]*\})/).filter(Boolean).map((part) => (/^\$\{[^!]/.test(part) ? { ref: part.slice(2, -1) } : part.replaceAll('${!', '${')));
  return null;
}

// A string that was put together of literals only is that string.
const plain = (value) => JSON.parse(JSON.stringify(value, (_, v) => (v?.text?.length === 1 && typeof v.text[0] === 'string' ? v.text[0] : v)));

const drafts = readdirSync(folder).filter((draft) => existsSync(stack(draft)));
assert.ok(drafts.length >= 30 && CHECKED.every((draft) => drafts.includes(draft)), `${drafts.length} drafts`);
const broken = join(folder, 'broken.ts');
const found = errors([...CHECKED.map(stack), broken], { [broken]: readFileSync(stack('tutorial'), 'utf8').replace("networkMode: 'awsvpc'", 'networkMode: 7') });
assert.ok(found.length === 1 && found[0].startsWith(broken), found.join('\n'));

const out = mkdtempSync(join(tmpdir(), 'cdk-'));
try {
  for (const draft of drafts) {
    const app = new cdk.App({ outdir: join(out, draft), analyticsReporting: false, context: { '@aws-cdk/core:validateAgainstDefaultRules': false } });
    const Stack = load(readFileSync(stack(draft), 'utf8'));
    const id = new Stack(app, 'Stack').artifactId;
    const made = app.synth().getStackArtifact(id).template;
    const wanted = JSON.parse(readFileSync(join(folder, draft, 'cloudformation/template.json'), 'utf8'));
    assert.deepEqual(plain(flat(made.Resources)), plain(flat(wanted.Resources)), draft);
    for (const [name, parameter] of Object.entries(wanted.Parameters ?? {})) assert.equal(String(made.Parameters[name].Default), String(parameter.Default), `${draft} ${name}`);
  }
} finally {
  rmSync(out, { recursive: true });
}
console.log(`CDK: ${CHECKED.length} stacks compile, ${drafts.length} synthesise to the template`);
