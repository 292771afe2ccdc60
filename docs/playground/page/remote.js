// The page's end of the worker: remote.call(name, …) is a promise of what the worker's function of that name returns.

class Remote {
  constructor(source, onTrouble) {
    const address = URL.createObjectURL(new Blob([source], {type: 'text/javascript'}));
    this.worker = new Worker(address);
    this.waiting = new Map();
    this.next = 0;
    this.worker.onmessage = ({data}) => {
      if (data.trouble) return onTrouble(data.trouble);
      const {resolve, reject} = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if ('error' in data)
        reject(new EngineError(data.error));
      else
        resolve(data.value);
    };
    this.worker.onerror = event => onTrouble(`The engine could not be started: ${event.message}`);
  }

  call(call, ...args) {
    return new Promise((resolve, reject) => {
      this.waiting.set(this.next, {resolve, reject});
      this.worker.postMessage({id: this.next++, call, args});
    });
  }
}

// What stands in the page as base64 of a gzip file.
async function inflate(text) {
  const packed =
      Uint8Array.fromBase64 ? Uint8Array.fromBase64(text) : Uint8Array.from(atob(text), c => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
