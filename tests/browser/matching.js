// SPDX-License-Identifier: GPL-3.0-or-later
// Opens each pair's page in a frame, lets it load what the pair is about, and reports whether it
// did where that can be seen from here. The server sees the rest. The frames share this page's
// origin: what is made with a frame's own constructors is under that frame's policy.

const AT_ONCE = 8;

const settled = (target, good, bad = 'error') => new Promise(resolve => {
  target.addEventListener(good, () => resolve('allowed'));
  target.addEventListener(bad, () => resolve('blocked'));
});

const attempt = action => {
  try {
    action();
    return 'allowed';
  } catch (error) {
    return 'blocked';
  }
};

function add(view, name, attributes, event = 'load') {
  const element = view.document.createElement(name);
  const result = settled(element, event);
  for (const [key, value] of Object.entries(attributes))
    if (value)
      element.setAttribute(key, value);
  view.document.body.append(element);
  return result;
}

// What the server alone can tell.
const unseen = promise => promise.then(() => null, () => null);

const isFixed = (view, element) => view.getComputedStyle(element).position === 'fixed';
const known = good => good ? 'allowed' : 'blocked';

function submit(view) {
  const target = view.document.querySelector('iframe');
  const sent = settled(target, 'load');
  view.document.forms[0].submit();
  return unseen(sent);
}

function fetchOrConnect(view, url) {
  if (!url.startsWith('ws'))
    return view.fetch(url, { mode: 'no-cors' }).then(() => 'allowed', () => 'blocked');
  try {
    return unseen(settled(new view.WebSocket(url), 'open'));
  } catch (error) {
    return Promise.resolve(null);
  }
}

function startWorker(view, url) {
  try {
    return unseen(settled(new view.Worker(url), 'message'));
  } catch (error) {
    return Promise.resolve(null);
  }
}

async function script(view, pair) {
  if (!pair.parser)
    await add(view, 'script', {
      nonce: pair.nonce, integrity: pair.integrity, crossorigin: pair.integrity && 'anonymous',
      src: pair.url });
  return known(view.ran);
}

async function style(view, pair) {
  if (!pair.parser)
    await add(view, 'link', { rel: 'stylesheet', nonce: pair.nonce, href: pair.url });
  return known(isFixed(view, view.document.body));
}

function press(view) {
  view.press = () => { view.ran = true; };
  view.document.querySelector('button').click();
  return known(view.ran);
}

function follow(view) {
  const pressed = new Promise(resolve => { view.press = () => resolve('allowed'); });
  view.document.querySelector('a').click();
  return pressed;
}

const EMPTY_MODULE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);

const loads = {
  'script': script,
  'style': style,
  'img': (view, { url }) => add(view, 'img', { src: url }),
  'font': (view, { url }) => unseen(new view.FontFace('f', `url("${url}")`).load()),
  'connect': (view, { url }) => fetchOrConnect(view, url),
  'frame': (view, { url }) => unseen(add(view, 'iframe', { src: url })),
  'worker': (view, { url }) => startWorker(view, url),
  'object': (view, { url }) => unseen(add(view, 'object', { type: 'image/svg+xml', data: url })),
  'media': (view, { url }) => unseen(add(view, 'video', { src: url }, 'loadeddata')),
  'base': (view, { url }) => known(view.document.baseURI === url),
  'form': view => submit(view),
  'inline-script': view => known(view.ran),
  'inline-script-attribute': view => press(view),
  'inline-style': view => known(isFixed(view, view.document.body)),
  'inline-style-attribute': view => known(isFixed(view, view.document.querySelector('p'))),
  'javascript-url': view => follow(view),
  'eval': view => attempt(() => view.eval('1')),
  'wasm-eval': view => attempt(() => new view.WebAssembly.Module(EMPTY_MODULE)),
};

async function tryPair(pair) {
  const frame = document.createElement('iframe');
  const ready = new Promise(resolve => { frame.onload = resolve; });
  frame.src = `/page/${pair.number}`;
  document.body.append(frame);
  await ready;

  const view = frame.contentWindow;
  if (pair.load === 'ancestor')
    return { seen: known(frame.contentDocument) };

  let directive = null;
  const violated = new Promise(resolve => view.addEventListener('securitypolicyviolation', event => {
    directive ??= event.effectiveDirective;
    resolve(pair.load === 'javascript-url' ? 'blocked' : null);
  }));
  const seen = await Promise.race([loads[pair.load](view, pair), violated]);
  frame.remove();
  return { seen, directive };
}

async function tryAll(pairs) {
  for (let pair; (pair = pairs.shift());) {
    const result = await tryPair(pair).catch(error => ({ seen: String(error) }));
    await fetch(`/result/${pair.number}`, { method: 'POST', body: JSON.stringify(result) });
  }
}

async function main() {
  const pairs = await (await fetch('/pairs')).json();
  for (let i = 0; i < AT_ONCE; i++)
    tryAll(pairs);
}

main();
