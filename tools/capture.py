#!/usr/bin/python3
"""Takes the README's pictures: types into PowerShell in a real terminal (tmux) and draws its screen as SVG.

The emulator answers, so no key is needed. Needs the .NET SDK, espeak-ng, ffmpeg, tmux and Rich (Debian: python3-rich):
    dotnet tool restore && dotnet pwsh ./build.ps1 Build && /usr/bin/python3 tools/capture.py
With "waveform" or "playback" behind it, it takes that picture only; sound is played by PulseAudio, unheard.
"""
import csv
import io
import itertools
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = pathlib.Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
COLUMNS, LINES = 106, 30
PROMPT = "PS ~/tts> "
START = f"""
function prompt {{ '{PROMPT}' }}
Import-Module '{ROOT}/artifacts/RunwareTts/RunwareTts.psd1'
Set-PSReadLineOption -HistorySaveStyle SaveNothing -PredictionSource None
Set-PSReadLineKeyHandler -Key Tab -Function MenuComplete
Set-Location ~/tts
Clear-Host
"""
THEME = TerminalTheme(
    (22, 27, 34), (222, 228, 235),
    [(72, 79, 88), (255, 123, 114), (86, 211, 100), (227, 179, 65), (88, 166, 255), (188, 140, 255), (57, 197, 207), (177, 186, 196)],
    [(139, 148, 158), (255, 161, 152), (126, 231, 135), (242, 204, 96), (121, 192, 255), (210, 168, 255), (86, 212, 221), (255, 255, 255)])
# Fonts of the reader's machine: a picture in a page may not load any. The clip of each line is of no use and half of the bytes.
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">
<style>.{unique_id}-matrix {{ font: {char_height}px/{line_height}px ui-monospace, 'Cascadia Mono', Consolas, Menlo, 'DejaVu Sans Mono', monospace; white-space: pre }}
.{unique_id}-title {{ font: bold 18px sans-serif }}
{styles}</style>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})">{backgrounds}<g class="{unique_id}-matrix">
{matrix}
</g></g>
</svg>
"""


class Terminal:
    """PowerShell in a tmux of its own, in a home of its own."""

    def __init__(self, home, endpoint):
        self.home = home
        self.tmux = ["tmux", "-S", f"{home}/tmux", "-f", "/dev/null"]
        (home / "start.ps1").write_text(START)
        places = dict.fromkeys(["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"], str(home))
        # The local tool is looked for where it was restored.
        tools = {"DOTNET_CLI_HOME": os.environ["HOME"], "NUGET_PACKAGES": f"{os.environ['HOME']}/.nuget/packages"}
        world = {**os.environ, **places, **tools, "LANG": "C.UTF-8", "POWERSHELL_UPDATECHECK": "Off", "RUNWARE_API_URL": endpoint, "RUNWARE_API_KEY": "emulator-key", "PULSE_SERVER": f"unix:{home}/sound"}
        world.pop("NO_COLOR", None)
        subprocess.run([*self.tmux, "new-session", "-d", "-x", str(COLUMNS), "-y", str(LINES),
                        "dotnet", "pwsh", "-NoLogo", "-NoProfile", "-NoExit", "-File", str(home / "start.ps1")],
                       cwd=ROOT, env=world, check=True)
        self.until(rf"\A{PROMPT.strip()}\s*\Z")

    def keys(self, *names):
        subprocess.run([*self.tmux, "send-keys", *names], check=True)

    def write(self, text, *names):
        subprocess.run([*self.tmux, "send-keys", "-l", text], check=True)
        self.keys(*names)

    def until(self, pattern, seconds=90):
        """The screen, with its colours, once it matches and stands still."""
        end, before = time.monotonic() + seconds, None
        while time.monotonic() < end:
            screen = subprocess.run([*self.tmux, "capture-pane", "-e", "-p"], check=True, capture_output=True, text=True).stdout
            if screen == before and re.search(pattern, Text.from_ansi(screen).plain):
                return screen.rstrip()
            before = screen
            time.sleep(0.05)
        raise TimeoutError(f"{pattern} did not come. The screen is:\n{before}")

    def clear(self):
        # The first leaves a menu, the second the line.
        for _ in range(2):
            self.keys("C-c")
            time.sleep(0.5)
        self.write("Clear-Host", "Enter")
        self.until(rf"\A{PROMPT.strip()}\s*\Z")

    def close(self):
        subprocess.run([*self.tmux, "kill-server"], check=False)


def draw(name, *screens):
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), color_system="truecolor", force_terminal=True)
    for screen in screens:
        console.print(Text.from_ansi(screen.rstrip()), no_wrap=True)
    svg = console.export_svg(title="PowerShell", theme=THEME, code_format=SVG, unique_id=name)
    (IMAGES / f"{name}.svg").write_text(re.sub(r' clip-path="url\([^"]*\)"', "", svg))


def trains():
    towns = ["Berlin", "Paris", "Lisbon", "Madrid", "Rome", "Vienna", "Prague", "Warsaw", "Oslo", "Dublin", "Bern", "Ghent"]
    voices = [("ryan", "MP3"), ("serena", "OGG"), ("aiden", "FLAC"), ("eric", "MP3")]
    for (town, (voice, kind)), platform in zip(itertools.product(towns, voices), itertools.cycle(range(1, 13))):
        yield {"Id": f"{town}-{voice}".lower(), "Text": f"The train to {town} leaves from platform {platform}. Please mind the gap.",
               "Voice": voice, "OutputFormat": kind, "SampleRate": "", "Channels": "", "Bitrate": ""}


def late(rows):
    """What becomes of the rows on another day: some are as they were, some new, one is wrong, the last is one too many."""
    rows = [dict(row) for row in itertools.islice(rows, 10)]
    rows[3].update(OutputFormat="OGG", SampleRate="24000", Channels="1", Bitrate="96")
    for row in rows[5:]:
        row["Text"] = row["Text"].replace("leaves", "is late and leaves")
    return rows


def save(path, rows):
    rows = list(rows)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def play(terminal):
    complete_and_run(terminal)
    show_waveforms(terminal)
    show_playback(terminal)


def show_playback(terminal):
    terminal.clear()
    terminal.write("'The library closes in fifteen minutes. Please bring your books to the front desk, and mind the steps outside.' | New-TtsSpeech -Voice ryan -OutputPath closing.mp3 -Play", "Enter")
    draw("playback", terminal.until(r"0:0[234]\D[^>]*0:0"))
    terminal.until(rf"closing.mp3\s+{PROMPT.strip()}\s*\Z")
    terminal.clear()


def show_waveforms(terminal):
    terminal.clear()
    terminal.write("'Mind the gap, please. The train to Lisbon leaves from platform nine.' | New-TtsSpeech -OutputPath lisbon.mp3 | Show-TtsWaveform", "Enter")
    terminal.until(rf"\|2s[^>]*{PROMPT.strip()}\s*\Z")
    # The same once more, louder than a file can hold, after a silence.
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", terminal.home / "tts/lisbon.mp3", "-af", "adelay=400:all=1,volume=15dB", terminal.home / "tts/too-loud.wav"], check=True)
    terminal.write("Get-ChildItem *.wav | Show-TtsWaveform", "Enter")
    terminal.until(rf"clipped[^>]*{PROMPT.strip()}\s*\Z")
    terminal.write("Show-TtsWaveform *.wav, *.mp3 | Format-Table", "Enter")
    draw("waveform", terminal.until(rf"lisbon.mp3\s+{PROMPT.strip()}\s*\Z"))


def complete_and_run(terminal):
    terminal.write("New-TtsSpeech '早上好。' -Language Chinese -Voice ", "Tab", "Right", "Right")
    voices = terminal.until("Female")
    terminal.clear()
    terminal.write("New-TtsSpeech 'Mind the gap.' -OutputFormat OGG -SampleRate 24000 -Channels 1 -Bitrate ", "Tab", "Right")
    draw("completion", voices, terminal.until("24000 Hz"))

    terminal.clear()
    terminal.write("Import-Csv trains.csv | New-TtsSpeech -OutputDirectory out -ThrottleLimit 8", "Enter")
    draw("batch", terminal.until(r"\[2\d done, 0 failed, \d+ left"))
    terminal.until(rf"ghent-eric.mp3\s+{PROMPT.strip()}\s*\Z")

    terminal.clear()
    terminal.write("Import-Csv late.csv | New-TtsSpeech -OutputDirectory out -MaxCost 0.004 -ErrorVariable failed", "Enter")
    terminal.until(rf"not sent[^>]*{PROMPT.strip()}\s*\Z")
    terminal.write("$failed.TargetObject | Format-Table Id, OutputFormat, SampleRate, Channels, Bitrate", "Enter")
    terminal.until(rf"Bitrate[^>]*{PROMPT.strip()}\s*\Z")
    terminal.write("Get-TtsLedger out -Summary", "Enter")
    draw("results", terminal.until(rf"Completed[^>]*{PROMPT.strip()}\s*\Z"))


def main():
    emulator = subprocess.Popen(["dotnet", "run", "--project", ROOT / "tests/RunwareTts.Emulator", "--", "--urls", "http://127.0.0.1:0", "--task-time", "1.2"],
                                stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        endpoint = next(line.split()[-1] for line in emulator.stdout if line.startswith("listening on "))
        with tempfile.TemporaryDirectory() as folder:
            home = pathlib.Path(folder)
            (home / "tts").mkdir()
            save(home / "tts/trains.csv", trains())
            save(home / "tts/late.csv", late(trains()))
            sound = subprocess.Popen(["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--load=module-null-sink",
                                      f"--load=module-native-protocol-unix auth-anonymous=1 auth-cookie-enabled=0 socket={home}/sound"], stderr=subprocess.DEVNULL,
                                     env={**os.environ, "HOME": folder, "XDG_RUNTIME_DIR": folder})
            terminal = Terminal(home, endpoint)
            try:
                {"waveform": show_waveforms, "playback": show_playback}.get("".join(sys.argv[1:]), play)(terminal)
            finally:
                terminal.close()
                sound.terminate()
                sound.wait()
    finally:
        os.killpg(emulator.pid, signal.SIGTERM)


if __name__ == "__main__":
    main()
