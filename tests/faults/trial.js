// Puts HTML where readers may put it, does to it what a person could do, and tells what it has become.
// It is evaluated in a page with what is harmless, and leaves `trial` there.
(harmless) => {
  const elements = new Set(harmless.elements);
  const attributes = new Set(harmless.attributes);
  const links = new Set(harmless.links);
  const media = new Set(harmless.media);
  const UNSEEN = "script, style, template, title, iframe, noembed, noframes, object, datalist";

  // Where a reader's page may have an entry's HTML set as innerHTML.
  const HOSTS = {
    div: ["div"],
    cell: ["table", "tbody", "tr", "td"],
    table: ["div", "table"],
    list: ["ul"],
    paragraph: ["p"],
    link: ["a"],
    button: ["button"],
    select: ["select"],
    pre: ["pre"],
    svg: ["svg:svg"],
    foreign: ["svg:svg", "svg:foreignObject"],
    title: ["svg:svg", "svg:title"],
    formula: ["math:math", "math:mtext"],
    annotation: ["math:math", "math:annotation-xml"],
    noscript: ["noscript"],
    textarea: ["textarea"],
    template: ["template"],
  };

  // Where it may be written into a whole page.
  const PAGES = {
    page: (body) => `<!doctype html><meta charset=utf-8><title>Page</title><body>${body}</body>`,
    quirks: (body) => body,
    cell: (body) => `<!doctype html><table><tr><td>${body}</td></tr></table>`,
    table: (body) => `<!doctype html><table>${body}</table>`,
    svg: (body) => `<!doctype html><svg>${body}</svg>`,
    foreign: (body) => `<!doctype html><svg><foreignObject>${body}</foreignObject></svg>`,
    formula: (body) => `<!doctype html><math><mtext>${body}</mtext></math>`,
    noscript: (body) => `<!doctype html><body><noscript>${body}</noscript></body>`,
    head: (body) => `<!doctype html><head><noscript>${body}</noscript></head>`,
    textarea: (body) => `<!doctype html><textarea>${body}</textarea>`,
    title: (body) => `<!doctype html><title>${body}</title>`,
    comment: (body) => `<!doctype html><!-- ${body} -->`,
    template: (body) => `<!doctype html><template>${body}</template>`,
    select: (body) => `<!doctype html><select><option>${body}</option></select>`,
    xmp: (body) => `<!doctype html><xmp>${body}</xmp>`,
    iframe: (body) => `<!doctype html><iframe>${body}</iframe>`,
  };
  const OWN = new Set(
    (
      "html head body meta title table tbody tr td ul svg foreignObject math mtext noscript textarea template " +
      "select option selectedcontent xmp iframe"
    ).split(" "),
  );

  const NAMESPACES = { svg: "http://www.w3.org/2000/svg", math: "http://www.w3.org/1998/Math/MathML" };

  const make = (names, page) => {
    const chain = names.map((name) => {
      const [namespace, foreign] = name.split(":");
      return foreign ? page.createElementNS(NAMESPACES[namespace], foreign) : page.createElement(name);
    });
    chain.forEach((one, place) => place && chain[place - 1].append(one));
    return [chain[0], chain.at(-1)];
  };

  // Forms may hide what a node is by the names of their fields, so nodes are not asked by their own properties.
  const getter = (kind, name) => Object.getOwnPropertyDescriptor(kind.prototype, name).get;
  const typeOf = getter(Node, "nodeType");
  const nameOf = getter(Element, "localName");
  const keysOf = Element.prototype.getAttributeNames;
  const valueOf = Element.prototype.getAttribute;

  // Where an address leads, by the browser's own reading of it.
  const probe = document.createElement("a");
  const schemeOf = (address) => {
    probe.href = address;
    return probe.protocol.slice(0, -1);
  };
  const ADDRESSED = new Set(["href", "src", "poster", "cite"]);
  const LOOKED_AT = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT | NodeFilter.SHOW_PROCESSING_INSTRUCTION;

  // What is not harmless in a tree; in whole pages what `PAGES` has put there itself is let pass.
  const judge = (root, isPage) => {
    const faults = [];
    const walker = document.createTreeWalker(root, LOOKED_AT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (typeOf.call(node) !== Node.ELEMENT_NODE) {
        if (!isPage) faults.push(`comment`);
        continue;
      }
      const name = nameOf.call(node);
      const keys = keysOf.call(node);
      if (name === "template") faults.push(...judge(node.content, isPage));
      if (isPage && OWN.has(name) && (!keys.length || (name === "meta" && keys.join() === "charset"))) continue;
      if (!elements.has(name)) faults.push(`element ${name}`);
      for (const key of keys) {
        if (!attributes.has(key)) faults.push(`attribute ${name} ${key}`);
        else if (ADDRESSED.has(key)) {
          const allowed = key === "href" ? links : media;
          if (!allowed.has(schemeOf(valueOf.call(node, key)))) faults.push(`address ${name} ${key}`);
        }
      }
    }
    return faults;
  };

  const EVENTS = [
    ["MouseEvent", "pointerover pointerenter pointermove mouseover mouseenter mousemove mousedown contextmenu"],
    ["KeyboardEvent", "keydown"],
    ["Event", "input paste scroll toggle touchstart"],
  ].flatMap(([kind, names]) => names.split(" ").map((name) => [kind, name]));

  // Do to every element what a person could do: come over it, enter it, press a key in it, click it.
  const poke = (root) => {
    for (const node of root.querySelectorAll("*")) {
      for (const [kind, name] of EVENTS) node.dispatchEvent(new window[kind](name, { bubbles: false }));
      if (node.tabIndex >= 0) node.focus();
      if (node.localName === "details") node.open = !node.open;
      node.dispatchEvent(new MouseEvent("click", { bubbles: false, cancelable: true }));
    }
  };

  // A link that is followed because it was clicked is no fault: only where it leads, which `judge` looks at.
  const stay = (view) => {
    const hold = (event) => {
      const link = event.target.closest?.("a[href]");
      if (link && /^(https?|mailto|tel):/.test(link.href.baseVal ?? link.href)) event.preventDefault();
    };
    view.addEventListener("click", hold, true);
  };
  stay(window);

  const wait = (duration) => new Promise((resolve) => setTimeout(resolve, duration));

  const tell = (tellings, number, where, faults) => {
    for (const fault of new Set(faults)) tellings.push([number, where, fault]);
  };

  // As innerHTML of every host, then of what the host makes of it, again and again: trees that nobody sees.
  const insert = (bodies, rounds) => {
    const tellings = [];
    const page = document.implementation.createHTMLDocument();
    for (const [host, names] of Object.entries(HOSTS)) {
      bodies.forEach((body, number) => {
        let html = body;
        for (let round = 0; round <= rounds; round += 1) {
          const [, inner] = make(names, page);
          inner.innerHTML = html;
          tell(tellings, number, `innerHTML of ${host}, ${round}`, judge(inner.content ?? inner, false));
          html = inner.innerHTML;
        }
        // What one host has written, another may read.
        const [, other] = make(["div"], page);
        other.innerHTML = html;
        tell(tellings, number, `innerHTML of ${host}, then of div`, judge(other, false));
      });
    }
    return tellings;
  };

  // As a part of whole pages, which are parsed and written again and again: trees that nobody sees.
  const parse = (bodies, rounds) => {
    const tellings = [];
    for (const [name, write] of Object.entries(PAGES)) {
      bodies.forEach((body, number) => {
        let html = write(body);
        for (let round = 0; round <= rounds; round += 1) {
          const page = new DOMParser().parseFromString(html, "text/html");
          tell(tellings, number, `document ${name}, ${round}`, judge(page, true));
          html = page.documentElement.outerHTML;
        }
      });
    }
    return tellings;
  };

  // As innerHTML of hosts that are shown, run and used; what it does there is told by `hit` and by the browser.
  const use = async (bodies, hosts) => {
    for (const host of hosts) {
      window.trying = host;
      const made = bodies.map(() => make(HOSTS[host], document));
      document.body.replaceChildren(...made.map(([outer]) => outer));
      made.forEach(([, inner], number) => (inner.innerHTML = bodies[number]));
      if (host === "template") {
        document.body.replaceChildren(...made.map(([, inner]) => document.importNode(inner.content, true)));
      }
      poke(document.body);
      await wait(20); // for what is loaded, and what fails to
    }
    document.body.replaceChildren();
  };

  // As documents of their own that are shown, run and used.
  const show = async (bodies, name, patience) => {
    const tellings = [];
    let [loaded, idle] = [0, 0];
    const frames = bodies.map((body, number) => {
      const frame = document.createElement("iframe");
      frame.srcdoc = PAGES[name](body);
      frame.name = `${number}`;
      return frame;
    });
    const count = () => ([loaded, idle] = [loaded + 1, 0]);
    frames.forEach((frame) => frame.addEventListener("load", count, { once: true }));
    document.body.replaceChildren(...frames);
    for (; loaded < frames.length && idle < patience * 50; idle += 1) await wait(20);
    frames.forEach((frame, number) => {
      const page = frame.contentDocument;
      if (!page) return tell(tellings, number, `frame ${name}`, ["navigation"]);
      stay(frame.contentWindow);
      poke(page);
      return tell(tellings, number, `frame ${name}`, judge(page, true));
    });
    await wait(50); // as above
    document.body.replaceChildren();
    return tellings;
  };

  // The words that a browser would show of some HTML, with scripting off.
  const read = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    page.querySelectorAll(UNSEEN).forEach((node) => node.remove());
    return (page.documentElement.textContent ?? "").split(/\s+/).join(" ").trim();
  };

  // The kinds of tags that a page is made of.
  const outline = () =>
    [...new Set([...document.querySelectorAll("*")].map((node) => [node.localName, ...keysOf.call(node)].join(" ")))];

  // Where on the screen an element is, of those that can be seen; it is brought there first.
  const reach = (number) => {
    const node = document.body.querySelectorAll("*")[number];
    if (!node) return null;
    node.scrollIntoView({ block: "center", behavior: "instant" });
    const { x, y, width, height } = node.getBoundingClientRect();
    return width && height ? [x + width / 2, y + height / 2] : [];
  };

  window.trial = { reach, insert, parse, use, show, read, outline, poke: () => poke(document), judge: () => judge(document, true) };
}
