// Runs the extension against a real `mlpc lsp`, with a stand-in for VS Code:
//   node test.js PATH_OF_MLPC
'use strict';

const assert = require('node:assert/strict');
const Module = require('node:module');

class Position {
  constructor(line, character) { Object.assign(this, { line, character }); }
}
class Range {
  constructor(start, end) { Object.assign(this, { start, end }); }
}
class Holder {
  constructor(...values) { this.values = values; }
}

/** What the extension registers and sets. */
const providers = {};
const listeners = {};
const shown = new Map();
const complaints = [];
let onDiagnostics = () => {};

const listen = (name) => (listener) => { listeners[name] = listener; return { dispose() {} }; };
const register = (name) => (selector, provider) => {
  assert.equal(selector, 'mlp');
  providers[name] = provider;
  return { dispose() {} };
};

const document = {
  languageId: 'mlp',
  version: 1,
  text: '# größe 😀\nlet width = 128\nnet fc 784 width -> rleu -> fc 10 -> softmax_ce\n',
  uri: { toString: () => 'file:///a.mlp' },
  getText() { return this.text; },
};

const vscode = {
  Position,
  Range,
  Location: class extends Holder {},
  Hover: class extends Holder {},
  MarkdownString: class extends Holder {},
  Diagnostic: class { constructor(range, message, severity) { Object.assign(this, { range, message, severity }); } },
  DiagnosticRelatedInformation: class extends Holder {},
  DiagnosticSeverity: { Error: 0, Warning: 1 },
  TextEdit: class { constructor(range, newText) { Object.assign(this, { range, newText }); } },
  WorkspaceEdit: class { edits = new Map(); set(uri, edits) { this.edits.set(uri.toString(), edits); } },
  CompletionItem: class { constructor(label, kind) { Object.assign(this, { label, kind }); } },
  CodeAction: class { constructor(title, kind) { Object.assign(this, { title, kind }); } },
  CodeActionKind: { QuickFix: 'quickfix' },
  InlayHint: class { constructor(position, label, kind) { Object.assign(this, { position, label, kind }); } },
  DocumentSymbol: class { constructor(name) { this.name = name; } },
  Uri: { parse: (text) => ({ toString: () => text }) },
  languages: {
    createDiagnosticCollection: () => ({
      set: (uri, diagnostics) => { shown.set(uri.toString(), diagnostics); onDiagnostics(); },
      clear: () => shown.clear(),
      dispose() {},
    }),
    registerHoverProvider: register('hover'),
    registerCompletionItemProvider: register('completion'),
    registerDefinitionProvider: register('definition'),
    registerReferenceProvider: register('references'),
    registerRenameProvider: register('rename'),
    registerDocumentFormattingEditProvider: register('formatting'),
    registerCodeActionsProvider: register('actions'),
    registerInlayHintsProvider: register('hints'),
    registerDocumentSymbolProvider: register('symbols'),
  },
  workspace: {
    textDocuments: [document],
    getConfiguration: () => ({ get: () => process.argv[2] }),
    onDidOpenTextDocument: listen('open'),
    onDidChangeTextDocument: listen('change'),
    onDidCloseTextDocument: listen('close'),
  },
  window: { showErrorMessage: (message) => complaints.push(message) },
};

const load = Module._load;
Module._load = (name, ...rest) => (name === 'vscode' ? vscode : load(name, ...rest));

/** The next diagnostics of the document. */
const diagnostics = () => new Promise((resolve) => {
  onDiagnostics = () => resolve(shown.get('file:///a.mlp'));
});

async function main() {
  const extension = require('./extension.js');
  const first = diagnostics();
  await extension.activate({ subscriptions: [] });
  const [mistake, ...others] = await first;
  assert.equal(others.length, 0);
  assert.equal(mistake.code, 'E0301');
  assert.match(mistake.message, /there is no layer 'rleu'\nhelp: did you mean 'relu'\?/);
  assert.deepEqual(mistake.range, new Range(new Position(2, 20), new Position(2, 24)));

  const [action] = await providers.actions.provideCodeActions(document, mistake.range);
  const [mend] = action.edit.edits.get('file:///a.mlp');
  assert.equal(action.title, "Replace 'rleu' with 'relu'");
  assert.equal(mend.newText, 'relu');

  const second = diagnostics();
  document.text = document.text.replace('rleu', 'relu');
  document.version = 2;
  listeners.change({ document, contentChanges: [{ range: mend.range, text: mend.newText }] });
  assert.deepEqual(await second, []);

  const hover = await providers.hover.provideHover(document, new Position(2, 5));
  assert.match(hover.values[0].values[0], /^\*\*fc\*\* \(layer\)[^]*784 → 128, 100 480 parameters/);
  const words = await providers.completion.provideCompletionItems(document, new Position(2, 20));
  assert(words.some((word) => word.label === 'tanh' && word.kind === 2));
  const there = await providers.definition.provideDefinition(document, new Position(2, 13));
  assert.deepEqual(there.values[1], new Range(new Position(1, 4), new Position(1, 9)));
  const places = await providers.references.provideReferences(
    document, new Position(1, 4), { includeDeclaration: true });
  assert.equal(places.length, 2);
  const renamed = await providers.rename.provideRenameEdits(document, new Position(1, 4), 'n');
  assert.equal(renamed.edits.get('file:///a.mlp').length, 2);
  await assert.rejects(
    providers.rename.provideRenameEdits(document, new Position(1, 4), 'relu'), /is a word of the/);
  const whole = new Range(new Position(0, 0), new Position(3, 0));
  const hints = await providers.hints.provideInlayHints(document, whole);
  assert.deepEqual(hints.map((hint) => hint.label), [': 128', ': 128', ': 10']);
  const [edit] = await providers.formatting.provideDocumentFormattingEdits(document, {});
  assert.match(edit.newText, /^net {5}fc 784 width -> relu/);
  const symbols = await providers.symbols.provideDocumentSymbols(document);
  assert.deepEqual(symbols.map((symbol) => symbol.name), ['width', 'net']);
  assert.equal(symbols[1].children.length, 4);

  const last = diagnostics();
  listeners.close(document);
  assert.deepEqual(await last, []);
  await extension.deactivate();
  assert.deepEqual(complaints, []);
  console.log('the extension talks to mlpc');
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
