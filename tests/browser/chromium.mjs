// Headless Chromium, driven by its DevTools protocol through a pipe: no package but Chromium and Node.
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export class Browser {
  constructor(...options) {
    this.profile = mkdtempSync(join(tmpdir(), 'hourglass-chromium-'));
    this.process = spawn(
        'chromium',
        [
          '--headless=new', '--no-sandbox', '--remote-debugging-pipe', '--no-first-run',
          '--disable-background-networking', '--disable-component-update', '--disable-gpu',
          `--user-data-dir=${this.profile}`, ...options, 'about:blank'
        ],
        {stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe']});
    this.waiting = new Map();
    this.listeners = [];
    let text = '';
    this.process.stdio[4].setEncoding('utf8').on('data', more => {
      const messages = (text + more).split('\0');
      text = messages.pop();
      messages.forEach(message => this.receive(JSON.parse(message)));
    });
    this.process.on('exit', () => this.waiting.forEach(({reject}) => reject(new Error('Chromium has ended'))));
  }

  receive({id, result, error, method, params, sessionId}) {
    if (!id) return this.listeners.forEach(listener => listener(method, params, sessionId));
    const {resolve, reject} = this.waiting.get(id);
    this.waiting.delete(id);
    if (error)
      reject(new Error(error.message));
    else
      resolve(result);
  }

  send(method, params = {}, sessionId = undefined) {
    const id = this.next = (this.next ?? 0) + 1;
    this.process.stdio[3].write(JSON.stringify({id, method, params, sessionId}) + '\0');
    return new Promise((resolve, reject) => this.waiting.set(id, {resolve, reject}));
  }

  // A page that records its own and its workers' requests, errors and warnings.
  async open(url, {width = 1280, height = 900, dark = false, before = ''} = {}) {
    const {targetId} = await this.send('Target.createTarget', {url: 'about:blank'});
    const {sessionId} = await this.send('Target.attachToTarget', {targetId, flatten: true});
    const page = new Page(this, sessionId, targetId);
    await page.watch(sessionId);
    await page.send('Page.enable');
    await page.send('Emulation.setDeviceMetricsOverride', {width, height, deviceScaleFactor: 1, mobile: width < 600});
    await page.send(
        'Emulation.setEmulatedMedia', {features: [{name: 'prefers-color-scheme', value: dark ? 'dark' : 'light'}]});
    if (before) await page.send('Page.addScriptToEvaluateOnNewDocument', {source: before});
    await page.send('Page.navigate', {url});
    return page;
  }

  close() {
    return new Promise(resolve => {
      this.process.on('exit', () => {
        rmSync(this.profile, {recursive: true, force: true, maxRetries: 5, retryDelay: 200});
        resolve();
      });
      this.send('Browser.close').catch(() => {});
    });
  }
}

class Page {
  constructor(browser, sessionId, targetId) {
    Object.assign(this, {browser, sessionId, targetId, requests: [], errors: [], sessions: new Set([sessionId])});
    browser.listeners.push((method, params, session) => this.hear(method, params, session));
  }
  hear(method, params, session) {
    if (!this.sessions.has(session)) return;
    if (method === 'Target.attachedToTarget') {
      this.sessions.add(params.sessionId);
      this.watch(params.sessionId)
          .then(() => this.browser.send('Runtime.runIfWaitingForDebugger', {}, params.sessionId));
    }
    if (method === 'Network.requestWillBeSent') this.requests.push(params.request.url);
    if (method === 'Runtime.exceptionThrown')
      this.errors.push(params.exceptionDetails.exception?.description ?? params.exceptionDetails.text);
    if (method === 'Runtime.consoleAPICalled' && ['error', 'warning', 'assert'].includes(params.type))
      this.errors.push(params.args.map(arg => arg.value ?? arg.description).join(' '));
    if (method === 'Log.entryAdded' && ['error', 'warning'].includes(params.entry.level))
      this.errors.push(params.entry.text);
  }
  async watch(sessionId) {
    for (const domain of ['Network', 'Runtime', 'Log'])
      await this.browser.send(domain + '.enable', {}, sessionId).catch(() => {});
    await this.browser
        .send('Target.setAutoAttach', {autoAttach: true, waitForDebuggerOnStart: true, flatten: true}, sessionId)
        .catch(() => {});
  }
  send(method, params) { return this.browser.send(method, params, this.sessionId); }

  // What an expression of the page gives, waited for. Throws what it throws.
  async run(expression) {
    const {result, exceptionDetails} =
        await this.send('Runtime.evaluate', {expression, awaitPromise: true, returnByValue: true, userGesture: true});
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }
  async until(expression, seconds = 10) {
    for (const end = Date.now() + 1000 * seconds; Date.now() < end;
         await new Promise(resolve => setTimeout(resolve, 20)))
      if (await this.run(expression).catch(() => false)) return;
    throw new Error(`not within ${seconds} s: ${expression}`);
  }
  async key(key) {
    const text = key.length === 1 ? key : undefined;
    await this.send('Input.dispatchKeyEvent', {type: 'keyDown', key, code: key === ' ' ? 'Space' : key, text});
    await this.send('Input.dispatchKeyEvent', {type: 'keyUp', key, code: key === ' ' ? 'Space' : key});
  }
  async mouse(type, x, y, buttons = 0) {
    const button = buttons || type === 'mouseReleased' ? 'left' : 'none', clickCount = type === 'mouseMoved' ? 0 : 1;
    await this.send('Input.dispatchMouseEvent', {type, x, y, button, buttons, clickCount});
  }
  async tap(x, y) {
    await this.send('Input.dispatchTouchEvent', {type: 'touchStart', touchPoints: [{x, y}]});
    await this.send('Input.dispatchTouchEvent', {type: 'touchEnd', touchPoints: []});
  }
  async screenshot(whole = true) {
    return Buffer.from((await this.send('Page.captureScreenshot', {captureBeyondViewport: whole})).data, 'base64');
  }
  close() { return this.browser.send('Target.closeTarget', {targetId: this.targetId}); }
}
