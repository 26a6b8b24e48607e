// The demo page. What people wrote is only ever set as textContent, so it is never taken for HTML.
"use strict";

const SILENCE_MAX = 5000; // ms without any event: the node is taken for dead
const RETRY_DELAY = 400; // ms before the next node is tried
const SHOWN_MAX = 1000; // messages on the page
const WORD_COLUMNS = 3; // of the nodes' table: node, group, role

const byId = (id) => document.getElementById(id);

let nodes = [{ name: "", url: location.origin }]; // replaced by what the first node says
let place = 0; // in nodes: the one we are connected to or try next
let socket = null;
let silenceTimer = 0;
let lastMessage = 0; // log index of the newest message shown

const adds = new Map(); // ref -> amount, not answered yet
const says = new Map(); // id -> {id, author, text, tries, item}, not answered yet

// -- the connection ----------------------------------------------------------------------------

function connect() {
  const target = nodes[place];
  const mine = new WebSocket(target.url.replace(/^http/, "ws") + "/ws");
  socket = mine;
  stayAwake(mine);
  mine.onmessage = (event) => {
    if (socket === mine) {
      stayAwake(mine);
      receive(JSON.parse(event.data));
    }
  };
  mine.onclose = () => {
    if (socket === mine) {
      lost(target);
    }
  };
}

function stayAwake(mine) {
  clearTimeout(silenceTimer);
  silenceTimer = setTimeout(() => {
    mine.close();
    if (socket === mine) {
      lost(nodes[place]);
    }
  }, SILENCE_MAX);
}

function lost(target) {
  socket = null;
  clearTimeout(silenceTimer);
  const name = target.name || "the node";
  showConnection("waiting", `lost ${name}, trying the others …`);
  for (const [ref, by] of adds) {
    adds.delete(ref);
    note("counter-note", `${name} went away before it answered: ${signed(by)} may or may not be counted.`);
  }
  place = (place + 1) % nodes.length;
  setTimeout(connect, RETRY_DELAY);
}

function send(request) {
  if (socket === null || socket.readyState !== WebSocket.OPEN) {
    return false;
  }
  socket.send(JSON.stringify(request));
  return true;
}

function receive(event) {
  switch (event.event) {
    case "hello":
      hello(event);
      break;
    case "counter":
      byId("value").textContent = event.value.toLocaleString("en");
      break;
    case "messages":
      event.messages.forEach(showMessage);
      break;
    case "nodes":
      showNodes(event.nodes);
      break;
    case "answer":
      answered(event);
      break;
  }
}

function hello(event) {
  nodes = event.nodes;
  place = Math.max(0, nodes.findIndex((node) => node.name === event.node));
  showConnection("good", `connected to ${event.node}`);
  // The same id is the same message, so one that was not answered may be sent once more.
  for (const say of says.values()) {
    sendSay(say);
  }
}

function answered(event) {
  if (adds.has(event.ref)) {
    const by = adds.get(event.ref);
    adds.delete(event.ref);
    addAnswered(by, event);
  } else if (says.has(event.ref)) {
    sayAnswered(says.get(event.ref), event);
  }
}

function showConnection(kind, text) {
  const pill = byId("connection");
  pill.className = `pill ${kind}`;
  pill.textContent = text;
}

function note(id, text, problem = true) {
  const line = byId(id);
  line.textContent = text;
  line.classList.toggle("problem", problem && text !== "");
}

function freshId() {
  // crypto.randomUUID needs a secure context; 127.0.0.1 is one.
  return crypto.randomUUID();
}

// -- the counter -------------------------------------------------------------------------------

const signed = (by) => (by < 0 ? `−${-by}` : `+${by}`);

function add(by) {
  const ref = freshId();
  adds.set(ref, by);
  if (send({ do: "add", ref, by })) {
    note("counter-note", `${signed(by)} …`, false);
  } else {
    adds.delete(ref);
    note("counter-note", "Not connected: nothing was added.");
  }
}

function addAnswered(by, event) {
  switch (event.outcome) {
    case "ok":
      note("counter-note", `${signed(by)} is kept: ${event.value.toLocaleString("en")}`, false);
      break;
    case "unknown":
      note("counter-note", `${signed(by)} may or may not be counted. ${event.text}`);
      break;
    default:
      note("counter-note", `${signed(by)} was not counted. ${event.text}`);
  }
}

document.querySelectorAll("button[data-by]").forEach((button) => {
  button.addEventListener("click", () => add(Number(button.dataset.by)));
});

byId("add-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const amount = byId("amount").value.trim();
  if (!/^[+-]?\d{1,15}$/.test(amount)) {
    note("counter-note", "An amount is a whole number.");
    return;
  }
  add(Number(amount));
  byId("amount").value = "";
});

// -- the chat ----------------------------------------------------------------------------------

byId("author").value = localStorage.getItem("author") || "";

byId("say-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const author = byId("author").value.trim();
  const text = byId("text").value.trim();
  if (author === "" || text === "") {
    note("chat-note", author === "" ? "Who are you? Give a name." : "The message is empty.");
    byId(author === "" ? "author" : "text").focus();
    return;
  }
  localStorage.setItem("author", author);
  const say = { id: freshId(), author, text, tries: 0, item: null };
  say.item = messageItem(author, text, "…");
  say.item.classList.add("waiting");
  byId("messages").append(say.item);
  says.set(say.id, say);
  note("chat-note", "");
  byId("text").value = "";
  scrollDown(true);
  sendSay(say);
});

// Sends, at most twice in all: once more after the connection was lost, or the outcome unknown.
function sendSay(say) {
  if (say.tries >= 2) {
    giveUp(say, "Nobody answered: it may or may not have been sent.");
  } else if (send({ do: "say", ref: say.id, id: say.id, author: say.author, text: say.text })) {
    say.tries += 1;
  }
}

function sayAnswered(say, event) {
  if (event.outcome === "ok") {
    showMessage(event.message);
  } else if (event.outcome === "unknown" && say.tries < 2) {
    sendSay(say);
  } else {
    const fate = event.outcome === "unknown" ? "It may or may not have been sent." : "Not sent.";
    giveUp(say, `${fate} ${event.text}`);
  }
}

function giveUp(say, text) {
  says.delete(say.id);
  note("chat-note", text);
  if (byId("text").value === "") {
    byId("text").value = say.text; // so that nobody has to type it again
  }
  say.item.remove();
}

function showMessage(message) {
  const waiting = says.get(message.id);
  if (waiting !== undefined) {
    says.delete(message.id);
    waiting.item.remove();
  }
  const list = byId("messages");
  if (message.index <= lastMessage) {
    // An answer may overtake messages that were pushed before it.
    if (list.querySelector(`[data-index="${Number(message.index)}"]`)) {
      return;
    }
  }
  const item = messageItem(message.author, message.text, timeOf(message.sentMillis));
  item.dataset.index = message.index;
  const after = [...list.children].find(
    (other) => !other.dataset.index || Number(other.dataset.index) > message.index);
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  list.insertBefore(item, after || null);
  lastMessage = Math.max(lastMessage, message.index);
  while (list.children.length > SHOWN_MAX) {
    list.firstElementChild.remove();
  }
  scrollDown(atEnd);
}

function messageItem(author, text, when) {
  const item = document.createElement("li");
  item.append(part("when", when), part("author", author), part("text", text));
  return item;
}

function part(kind, text) {
  const span = document.createElement("span");
  span.className = kind;
  span.dir = "auto";
  span.textContent = text;
  return span;
}

function scrollDown(wanted) {
  if (wanted) {
    byId("messages").scrollTop = byId("messages").scrollHeight;
  }
}

function timeOf(millis) {
  return new Date(millis).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

// -- the nodes ---------------------------------------------------------------------------------

function showNodes(list) {
  const rows = [];
  const labels = detailLabels(list);
  showColumns([...labels, "applied", "lag", "last contact"]);
  for (const node of list) {
    const groups = node.status === null ? [] : node.status.groups;
    groups.forEach((group, i) => rows.push(groupRow(list, labels, node, group, i, groups.length)));
    if (groups.length === 0) {
      rows.push(awayRow(node, labels));
    }
  }
  byId("nodes").replaceChildren(...rows);
}

// What the groups' protocols say of a replica, each in its own words.
function detailLabels(list) {
  const groups = list.flatMap((node) => (node.status === null ? [] : node.status.groups));
  return [...new Set(groups.flatMap((group) => group.details.map((detail) => detail.label)))];
}

function showColumns(labels) {
  const heads = labels.map((label) => {
    const head = document.createElement("th");
    head.scope = "col";
    head.className = "number";
    head.textContent = label.charAt(0).toUpperCase() + label.slice(1);
    return head;
  });
  const columns = byId("columns");
  columns.replaceChildren(...[...columns.children].slice(0, WORD_COLUMNS), ...heads);
}

function groupRow(list, labels, node, group, i, count) {
  const here = node.name === nodes[place].name;
  const row = document.createElement("tr");
  row.classList.toggle("here", here);
  row.classList.toggle("next", i < count - 1);
  const commit = Math.max(...groupsNamed(list, group.name).map((other) => other.commitIndex));
  const role = cell(group.trouble === null ? group.role : `${group.role}: ${group.trouble}`);
  role.classList.toggle("leader", group.role === "leader");
  role.classList.toggle("bad", group.trouble !== null);
  row.append(
    cell(i > 0 ? "" : here ? `${node.name} (this page)` : node.name),
    cell(group.name),
    role,
    ...labels.map((label) =>
      number(group.details.find((detail) => detail.label === label)?.value ?? "–")),
    number(group.appliedIndex),
    number(Math.max(0, commit - group.appliedIndex)),
    number(group.role === "leader" ? "leads" : contact(list, node.name, group.name)));
  return row;
}

function awayRow(node, labels) {
  const row = document.createElement("tr");
  const away = cell("does not answer");
  away.colSpan = WORD_COLUMNS - 1 + labels.length + 3;
  away.className = "bad";
  row.append(cell(node.name), away);
  return row;
}

function groupsNamed(list, name) {
  return list
    .flatMap((node) => (node.status === null ? [] : node.status.groups))
    .filter((group) => group.name === name);
}

// How long ago the leader of the newest term heard from that node.
function contact(list, node, group) {
  const leaders = groupsNamed(list, group).filter((other) => other.role === "leader");
  leaders.sort((one, two) => two.term - one.term);
  const peer = leaders.flatMap((leader) => leader.peers).find((other) => other.node === node);
  if (peer === undefined || peer.lastContactMillis < 0) {
    return "–";
  }
  const millis = peer.lastContactMillis;
  return millis < 1000 ? `${millis} ms` : `${(millis / 1000).toFixed(1)} s`;
}

function cell(text) {
  const td = document.createElement("td");
  td.textContent = text;
  return td;
}

function number(value) {
  const td = cell(typeof value === "number" ? value.toLocaleString("en") : value);
  td.className = "number";
  return td;
}

connect();
