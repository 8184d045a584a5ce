#!/usr/bin/python3
"""Walks through the program as someone who does not see it: over the accessibility bus, by keyboard alone.

Runs in a D-Bus session of its own with a display and a window manager; tests/bus.rs starts all of it.
    walk.py PROGRAM DOCUMENT BROKEN FOLDER
Says what was heard after each key. What is not heard fails with the step, what was expected and what was heard instead.
"""

import os
import subprocess
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

PATIENCE = 30  # seconds for anything to happen


def turn_on_accessibility():
    """What a screen reader does when it starts."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    for name in ("IsEnabled", "ScreenReaderEnabled"):
        arguments = GLib.Variant("(ssv)", ("org.a11y.Status", name, GLib.Variant("b", True)))
        bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set", arguments, None,
                      Gio.DBusCallFlags.NONE, -1, None)


class Failed(Exception):
    """Something was not heard."""


class Walk:
    """A program, and what is heard of it."""

    EVENTS = ("object:announcement", "object:state-changed:focused", "object:active-descendant-changed")

    def __init__(self, program, document, folder):
        self.heard = []
        self.mark = 0
        self.step = "start"
        self.context = GLib.MainContext.default()
        self.listener = Atspi.EventListener.new(self.hear)
        for event in self.EVENTS:
            self.listener.register(event)
        environment = dict(os.environ, HOME=folder, XDG_DATA_HOME=os.path.join(folder, "own"), PATH="")
        environment.pop("WAYLAND_DISPLAY", None)
        self.program = subprocess.Popen([program, document], cwd=folder, env=environment, stderr=subprocess.DEVNULL)
        self.application = self.until("the program is on the bus", self.find_application)
        self.window = self.until("its window is active", self.find_window)

    # What is heard.

    def hear(self, event):
        """Takes an event of the bus."""
        try:
            if event.source.get_process_id() != self.program.pid:
                return
            if event.type.startswith("object:announcement"):
                words = str(event.any_data)
            elif event.type.startswith("object:active-descendant"):
                words = spoken(event.any_data)
            elif event.detail1:
                words = spoken(event.source)
            else:
                return
        except GLib.Error:
            return  # It is gone already.
        self.heard.append(words)
        print(f"    heard: {words}", flush=True)

    def until(self, what, condition):
        """Waits for events until a condition holds, and gives its value."""
        late = []
        deadline = GLib.timeout_add_seconds(PATIENCE, lambda: late.append(True) or GLib.SOURCE_REMOVE)
        # Not everything that changes is an event.
        again = GLib.timeout_add(100, lambda: GLib.SOURCE_CONTINUE)
        try:
            while True:
                if value := condition():
                    return value
                if late:
                    raise Failed(f"{self.step}: {what} did not happen; heard: {self.heard[self.mark:]}")
                if self.program.poll() is not None:
                    raise Failed(f"{self.step}: the program has ended: {self.program.returncode}")
                self.context.iteration(True)
        finally:
            if not late:
                GLib.source_remove(deadline)
            GLib.source_remove(again)

    def begin(self, step):
        """Begins a step: what is heard from now on belongs to it."""
        self.step = step
        self.mark = len(self.heard)
        print(f"{step}", flush=True)

    def press(self, *keys):
        """Presses keys; what was heard before does not count any more."""
        self.mark = len(self.heard)
        print(f"  press {' '.join(keys)}", flush=True)
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def type(self, words):
        """Types into what has the focus."""
        self.mark = len(self.heard)
        print(f"  type {words}", flush=True)
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "20", words], check=True)

    def tabs_to(self, *words):
        """Presses Tab until all these words are heard in one utterance."""
        for _ in range(60):
            said = self.heard[self.mark:]
            if any(all(word in line for word in words) for line in said):
                break
            self.press("Tab")
            self.until("the focus has moved", lambda: self.heard[self.mark:])
        self.hears(*words)

    def hears(self, *words):
        """Waits until all these words are heard in one utterance."""
        def is_heard():
            return next((said for said in self.heard[self.mark:] if all(word in said for word in words)), None)
        return self.until(f"hearing {' … '.join(words)}", is_heard)

    # What there is.

    def find_application(self):
        desktop = Atspi.get_desktop(0)
        applications = (desktop.get_child_at_index(index) for index in range(desktop.get_child_count()))
        return next((one for one in applications if one and one.get_process_id() == self.program.pid), None)

    def find_window(self):
        for index in range(self.application.get_child_count()):
            window = self.application.get_child_at_index(index)
            if window and window.get_state_set().contains(Atspi.StateType.ACTIVE):
                return window
        return None

    def nodes(self, top=None):
        """All that can be heard, in the order of reading."""
        nodes, rest = [], [top or self.window]
        while rest:
            node = rest.pop()
            if node is None:
                continue
            nodes.append(node)
            rest.extend(node.get_child_at_index(index) for index in reversed(range(node.get_child_count())))
        return nodes

    def reads(self, top=None):
        """The words of all that can be heard, in the order of reading."""
        try:
            return [spoken(node) for node in self.nodes(top) if node.get_name()]
        except GLib.Error:
            return []  # Something went away meanwhile.

    def find(self, words, role=None):
        """The first whose words have these."""
        try:
            for node in self.nodes():
                if words in (node.get_name() or "") and (role is None or node.get_role_name() == role):
                    return node
        except GLib.Error:
            pass
        return None

    def reads_in_order(self, *words):
        """Waits until these words can be read, in this order."""
        missing = []

        def is_read():
            missing.clear()
            lines = iter(self.reads())
            missing.extend(word for word in words if not any(word in line for line in lines))
            return not missing
        try:
            self.until("reading", is_read)
        except Failed:
            raise Failed(f"{self.step}: not read, or not in this order: {missing}; read: {self.reads()}") from None
        print(f"    read in order: {' | '.join(words)}", flush=True)


def spoken(node):
    """What a screen reader says of something: its name, its role, what it describes, and its state."""
    parts = [node.get_name(), node.get_role_name(), node.get_description()]
    states = node.get_state_set()
    if states.contains(Atspi.StateType.CHECKED):
        parts.append("checked")
    return ", ".join(part for part in parts if part)


# The events of the report in time order, each with its lane.
EVENTS = [
    ("Treaty on Basic Relations", "1965", "Diplomacy"),
    ("About 10,000 visitors", "1965", "People"),
    ("Cultural exchange booms", "since 1998", "Culture"),
    ("GDP: Japan third, Korea fourteenth", "2013", "Economy"),
    ("Goods trade reaches US$85 billion", "2014", "Economy"),
    ("More than five million visitors", "2014", "People"),
    ("The report is published", "10 December 2015", "Publication"),
]


def steps_through_time(walk):
    """Each event is heard with its date, its lane and its place among all."""
    walk.begin("step through time")
    for number, (title, date, lane) in enumerate(EVENTS, 1):
        walk.press("Home" if number == 1 else "Right")
        walk.hears(title, date, lane, f"{number} of {len(EVENTS)}")
    walk.press("Left")
    walk.hears(EVENTS[-2][0], "6 of 7")


def goes_to_the_first(walk):
    """From wherever one is; what does not change is not said again."""
    walk.press("End")
    walk.until("the last event has the focus", lambda: has_focus(walk, EVENTS[-1][0]))
    walk.press("Home")
    walk.hears(EVENTS[0][0], "1 of 7")
    walk.until("the first event has the focus", lambda: has_focus(walk, EVENTS[0][0]))


def has_focus(walk, words):
    """Whether the focus is on something with these words."""
    node = walk.find(words, "push button")
    return node is not None and node.get_state_set().contains(Atspi.StateType.FOCUSED)


def reads_a_record(walk):
    """What is claimed is read before what it is based on."""
    walk.begin("read a record in its order")
    goes_to_the_first(walk)
    walk.reads_in_order(
        "Record", "Diplomacy", "1 of 7", "Treaty on Basic Relations", "1965 · dated to the year",
        "South Korea and Japan normalize diplomatic relations", "Figures in 1965",
        "Goods trade about US$0.22 billion", "Derived", "Visitors about 10,000", "Stated",
        "Source", "Still Distant Neighbors", "Stated", "Related", "Cultural exchange booms", "The report is published",
    )


def follows_a_link(walk):
    """From a record to an event that it is related to, by Tab and Enter alone."""
    walk.begin("follow a link")
    goes_to_the_first(walk)
    walk.press("F6")
    walk.until("the focus has moved", lambda: walk.heard[walk.mark:])
    walk.tabs_to("Cultural exchange booms", "link")
    walk.press("Return")
    walk.hears("Cultural exchange booms", "since 1998", "Culture", "3 of 7")
    walk.reads_in_order("Record", "Culture", "3 of 7", "Cultural exchange booms")
    # The link is gone with the record that it was in.
    walk.until("the record has the focus", lambda: any(words.startswith("Record, ") for words in walk.heard[walk.mark:]))
    # Past the overview.
    walk.press("shift+F6")
    walk.until("the overview has the focus", lambda: any("slider" in words for words in walk.heard[walk.mark:]))
    walk.press("shift+F6")
    walk.until("the chart has the focus", lambda: has_focus(walk, "Cultural exchange booms"))


def learns_the_visible_range(walk):
    """What the view shows is heard after it has moved."""
    walk.begin("learn the visible range")
    goes_to_the_first(walk)
    walk.press("plus")
    walk.hears("1963 to ", "3 events")
    walk.press("0")
    walk.hears("1962 to 2018", "7 events")


def searches(walk):
    """Events are found by words, and walked through."""
    walk.begin("search")
    walk.press("ctrl+k")
    walk.hears("Find events, commands and dates")
    walk.type("visitors")
    walk.hears("2 events found")
    walk.press("Down")
    walk.hears("About 10,000 visitors", "1965", "People")
    walk.press("Return")
    walk.hears("More than five million visitors", "2014", "People")
    walk.press("Escape")
    walk.until("the box is closed", lambda: walk.find("Find events, commands and dates") is None)


def filters(walk):
    """Only what a condition leaves is stepped through."""
    walk.begin("filter")
    walk.press("ctrl+shift+f")
    walk.until("the form is open", lambda: walk.find("Condition", "entry"))
    walk.tabs_to("Condition", "entry")
    walk.type("@People")
    walk.press("Return")
    walk.reads_in_order("Filter Events", "2 of 7 events")
    walk.press("Escape")
    walk.until("the form is closed", lambda: walk.find("Condition", "entry") is None)
    walk.press("Home")
    walk.hears("About 10,000 visitors", "People", "1 of 2")
    walk.press("Right")
    walk.hears("More than five million visitors", "2 of 2")
    walk.press("shift+a")
    walk.hears("7 events")


def opens_a_broken_document(walk, broken):
    """Its problems are read with their lines; then the good one is opened again."""
    walk.begin("open a broken document and read its problems")
    open_path(walk, broken)
    walk.press("p")
    walk.reads_in_order("Problems", "14:43", "there is no lane", "warning")
    walk.press("Escape")


def exports(walk, target):
    """A picture is saved by keyboard, and the end is heard."""
    walk.begin("export by keyboard")
    walk.press("ctrl+e")
    walk.until("the form is named", lambda: walk.find("Export Picture", "dialog"))
    walk.hears("Save As", "push button")
    walk.press("Return")
    walk.hears("Save as", "entry")
    walk.press("ctrl+a")
    walk.type(target)
    walk.press("Return")
    walk.until("the picture is there", lambda: os.path.exists(target))
    walk.hears("Saved")
    with open(target, "rb") as file:
        if not file.read().startswith(b"\x89PNG"):
            raise Failed(f"{target} is no picture")


def open_path(walk, path):
    """Opens a document by its path."""
    walk.press("ctrl+o")
    walk.hears("Path", "entry")
    walk.press("ctrl+a")
    walk.type(path)
    walk.press("Return")
    walk.until("the document is shown", lambda: walk.find(os.path.basename(path)))


def main():
    """Walks, and says what failed."""
    program, document, broken, folder = sys.argv[1:]
    # The pointer is out of the way.
    subprocess.run(["xdotool", "mousemove", "1279", "799"], check=True)
    turn_on_accessibility()
    walk = None
    try:
        walk = Walk(program, document, folder)
        walk.until("there is something to read", lambda: walk.find(EVENTS[0][0]))
        steps_through_time(walk)
        reads_a_record(walk)
        follows_a_link(walk)
        learns_the_visible_range(walk)
        searches(walk)
        filters(walk)
        exports(walk, os.path.join(folder, "heard.png"))
        opens_a_broken_document(walk, broken)
        print("All of it was heard.")
    except Failed as failed:
        print(f"FAILED: {failed}", file=sys.stderr)
        sys.exit(1)
    finally:
        if walk is not None:
            walk.program.kill()


if __name__ == "__main__":
    main()
