// Joins VS Code to `mlpc lsp`, without packages beside VS Code's own.
'use strict';

const { spawn } = require('node:child_process');
const vscode = require('vscode');

const language = 'mlp';

/** Takes a stream of bytes apart into messages, and puts headers before those to send. */
class Frames {
  #buffer = Buffer.alloc(0);

  /** The messages that are whole now. */
  add(bytes) {
    this.#buffer = Buffer.concat([this.#buffer, bytes]);
    const messages = [];
    for (;;) {
      const end = this.#buffer.indexOf('\r\n\r\n');
      if (end < 0) return messages;
      const header = this.#buffer.subarray(0, end).toString('ascii');
      const length = Number(/content-length: *(\d+)/i.exec(header)?.[1]);
      if (!Number.isInteger(length)) throw new Error(`mlpc sent no length: ${header}`);
      const start = end + 4;
      if (this.#buffer.length < start + length) return messages;
      messages.push(JSON.parse(this.#buffer.subarray(start, start + length).toString('utf8')));
      this.#buffer = this.#buffer.subarray(start + length);
    }
  }

  static framed(message) {
    const content = Buffer.from(JSON.stringify(message), 'utf8');
    return Buffer.concat([Buffer.from(`Content-Length: ${content.length}\r\n\r\n`), content]);
  }
}

/** A running `mlpc lsp`. */
class Server {
  #process;
  #frames = new Frames();
  #waiting = new Map();
  #lastId = 0;

  /**
   * @param path the program
   * @param onNotification called with method and parameters
   * @param onEnd called once, with what is to be said of it or nothing
   */
  constructor(path, onNotification, onEnd) {
    this.onNotification = onNotification;
    this.#process = spawn(path, ['lsp'], { stdio: ['pipe', 'pipe', 'pipe'] });
    let errors = '';
    let ended = false;
    const end = (reason) => {
      if (ended) return;
      ended = true;
      for (const { reject } of this.#waiting.values()) reject(new Error('mlpc has ended'));
      this.#waiting.clear();
      onEnd(reason);
    };
    this.#process.stderr.on('data', (data) => { errors = (errors + data).slice(-2000); });
    this.#process.stdout.on('data', (data) => {
      try {
        for (const message of this.#frames.add(data)) this.#receive(message);
      } catch (error) {
        this.#process.kill();
        end(error.message);
      }
    });
    this.#process.stdin.on('error', () => {});
    this.#process.on('error', (error) => end(`${path} can't be started: ${error.message}`));
    this.#process.on('exit', (code) => end(code === 0 ? undefined : errors || `exit code ${code}`));
  }

  #receive(message) {
    if (message.method !== undefined) {
      if (message.id === undefined) this.onNotification(message.method, message.params);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) waiting?.reject(new Error(message.error.message));
    else waiting?.resolve(message.result);
  }

  notify(method, params) {
    this.#process.stdin.write(Frames.framed({ jsonrpc: '2.0', method, params }));
  }

  request(method, params, cancellation) {
    const id = ++this.#lastId;
    cancellation?.onCancellationRequested?.(() => this.notify('$/cancelRequest', { id }));
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#process.stdin.write(Frames.framed({ jsonrpc: '2.0', id, method, params }));
    });
  }

  async start() {
    const capabilities = {
      general: { positionEncodings: ['utf-16'] },
      textDocument: {
        hover: { contentFormat: ['markdown', 'plaintext'] },
        publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1] } },
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      },
    };
    await this.request('initialize', { processId: process.pid, rootUri: null, capabilities });
    this.notify('initialized', {});
  }

  async stop() {
    try {
      await this.request('shutdown');
      this.notify('exit');
    } catch {
      this.#process.kill();
    }
  }
}

// What the protocol says, as VS Code has it, and back.

const toPosition = (p) => new vscode.Position(p.line, p.character);
const toRange = (r) => new vscode.Range(toPosition(r.start), toPosition(r.end));
const toLocation = (l) => new vscode.Location(vscode.Uri.parse(l.uri), toRange(l.range));
const toEdit = (e) => new vscode.TextEdit(toRange(e.range), e.newText);
const fromPosition = (p) => ({ line: p.line, character: p.character });
const fromRange = (r) => ({ start: fromPosition(r.start), end: fromPosition(r.end) });
const identifier = (document) => ({ uri: document.uri.toString() });
const place = (document, position) => (
  { textDocument: identifier(document), position: fromPosition(position) });

function toDiagnostic(d) {
  const severity = d.severity === 1
    ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(toRange(d.range), d.message, severity);
  diagnostic.code = d.code;
  diagnostic.source = d.source;
  diagnostic.tags = d.tags;
  diagnostic.relatedInformation = d.relatedInformation?.map((r) => (
    new vscode.DiagnosticRelatedInformation(toLocation(r.location), r.message)));
  return diagnostic;
}

function toWorkspaceEdit(edit) {
  const result = new vscode.WorkspaceEdit();
  for (const [uri, edits] of Object.entries(edit.changes)) {
    result.set(vscode.Uri.parse(uri), edits.map(toEdit));
  }
  return result;
}

function toCompletion(item) {
  // The protocol counts the kinds from 1, VS Code from 0.
  const completion = new vscode.CompletionItem(item.label, item.kind - 1);
  completion.detail = item.detail;
  completion.documentation = item.documentation;
  completion.sortText = item.sortText;
  completion.range = toRange(item.textEdit.range);
  completion.insertText = item.textEdit.newText;
  return completion;
}

function toSymbol(s) {
  const symbol = new vscode.DocumentSymbol(
    s.name, '', s.kind - 1, toRange(s.range), toRange(s.selectionRange));
  symbol.children = s.children.map(toSymbol);
  return symbol;
}

function toAction(a) {
  const action = new vscode.CodeAction(a.title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = a.diagnostics.map(toDiagnostic);
  action.isPreferred = a.isPreferred;
  action.edit = toWorkspaceEdit(a.edit);
  return action;
}

/** Registers what VS Code asks; each question goes to the server that runs then. */
function registerFeatures(ask) {
  const { languages } = vscode;
  return [
    languages.registerHoverProvider(language, {
      async provideHover(document, position, token) {
        const hover = await ask('textDocument/hover', place(document, position), token);
        if (!hover) return undefined;
        return new vscode.Hover(
          new vscode.MarkdownString(hover.contents.value), toRange(hover.range));
      },
    }),
    languages.registerCompletionItemProvider(language, {
      async provideCompletionItems(document, position, token) {
        const found = await ask('textDocument/completion', place(document, position), token);
        return found?.items.map(toCompletion);
      },
    }, ' ', '>', '{', '(', '|', '='),
    languages.registerDefinitionProvider(language, {
      async provideDefinition(document, position, token) {
        const found = await ask('textDocument/definition', place(document, position), token);
        return found ? toLocation(found) : undefined;
      },
    }),
    languages.registerReferenceProvider(language, {
      async provideReferences(document, position, context, token) {
        const params = { ...place(document, position), context };
        const found = await ask('textDocument/references', params, token);
        return found?.map(toLocation);
      },
    }),
    languages.registerRenameProvider(language, {
      async prepareRename(document, position, token) {
        const found = await ask('textDocument/prepareRename', place(document, position), token);
        if (!found) throw new Error('there is no name here to change');
        return { range: toRange(found.range), placeholder: found.placeholder };
      },
      async provideRenameEdits(document, position, newName, token) {
        const params = { ...place(document, position), newName };
        return toWorkspaceEdit(await ask('textDocument/rename', params, token, true));
      },
    }),
    languages.registerDocumentFormattingEditProvider(language, {
      async provideDocumentFormattingEdits(document, options, token) {
        const params = { textDocument: identifier(document), options };
        return (await ask('textDocument/formatting', params, token))?.map(toEdit);
      },
    }),
    languages.registerCodeActionsProvider(language, {
      async provideCodeActions(document, range, context, token) {
        const params = {
          textDocument: identifier(document), range: fromRange(range), context: { diagnostics: [] },
        };
        return (await ask('textDocument/codeAction', params, token))?.map(toAction);
      },
    }, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
    languages.registerInlayHintsProvider(language, {
      async provideInlayHints(document, range, token) {
        const params = { textDocument: identifier(document), range: fromRange(range) };
        const hints = await ask('textDocument/inlayHint', params, token);
        return hints?.map((hint) => (
          new vscode.InlayHint(toPosition(hint.position), hint.label, hint.kind)));
      },
    }),
    languages.registerDocumentSymbolProvider(language, {
      async provideDocumentSymbols(document, token) {
        const params = { textDocument: identifier(document) };
        return (await ask('textDocument/documentSymbol', params, token))?.map(toSymbol);
      },
    }),
  ];
}

/** Keeps one server running and tells it about the texts that are open. */
class Client {
  #server;
  #diagnostics = vscode.languages.createDiagnosticCollection('mlpc');
  #starts = [];
  #isStopping = false;

  /** Everything that must end with the extension. */
  get subscriptions() {
    const { workspace } = vscode;
    const isOurs = (document) => document.languageId === language;
    return [
      this.#diagnostics,
      workspace.onDidOpenTextDocument((document) => { if (isOurs(document)) this.#open(document); }),
      workspace.onDidChangeTextDocument((event) => {
        if (isOurs(event.document) && event.contentChanges.length > 0) this.#change(event);
      }),
      workspace.onDidCloseTextDocument((document) => {
        if (!isOurs(document)) return;
        this.#server?.notify('textDocument/didClose', { textDocument: identifier(document) });
      }),
      ...registerFeatures((...question) => this.#ask(...question)),
    ];
  }

  async start() {
    const path = vscode.workspace.getConfiguration('mlpc').get('path', 'mlpc');
    this.#starts = [...this.#starts, Date.now()].slice(-5);
    const server = new Server(
      path, (method, params) => this.#hear(method, params), (reason) => this.#ended(reason));
    try {
      await server.start();
    } catch {
      return; // said when the server ended
    }
    this.#server = server;
    for (const document of vscode.workspace.textDocuments) {
      if (document.languageId === language) this.#open(document);
    }
  }

  async stop() {
    this.#isStopping = true;
    await this.#server?.stop();
  }

  /** A question that fails has no answer, unless `throws`: then the user is told why. */
  async #ask(method, params, token, throws = false) {
    try {
      return await this.#server?.request(method, params, token);
    } catch (error) {
      if (throws) throw error;
      return undefined;
    }
  }

  #open(document) {
    this.#server?.notify('textDocument/didOpen', {
      textDocument: {
        ...identifier(document), languageId: language, version: document.version,
        text: document.getText(),
      },
    });
  }

  #change(event) {
    this.#server?.notify('textDocument/didChange', {
      textDocument: { ...identifier(event.document), version: event.document.version },
      contentChanges: event.contentChanges.map((change) => (
        { range: fromRange(change.range), text: change.text })),
    });
  }

  #hear(method, params) {
    if (method !== 'textDocument/publishDiagnostics') return;
    this.#diagnostics.set(vscode.Uri.parse(params.uri), params.diagnostics.map(toDiagnostic));
  }

  /** Starts again, unless that was five times within three minutes. */
  #ended(reason) {
    this.#server = undefined;
    this.#diagnostics.clear();
    if (this.#isStopping) return;
    const isHopeless = reason?.includes("can't be started")
      || (this.#starts.length === 5 && Date.now() - this.#starts[0] < 180_000);
    if (!isHopeless) return void this.start();
    vscode.window.showErrorMessage(`mlpc: ${reason ?? 'the server ends again and again'}`);
  }
}

let client;

async function activate(context) {
  client = new Client();
  context.subscriptions.push(...client.subscriptions);
  await client.start();
}

async function deactivate() {
  await client?.stop();
}

module.exports = { activate, deactivate };
