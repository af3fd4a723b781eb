#!/usr/bin/env bash
# Runs the test suites in the Windows builds of PowerShell and .NET, under Wine 10 or later. For whoever has no Windows
# at hand; it is no part of CI.
#
#   tests/Wine/run.sh                          the fast lane of both suites
#   tests/Wine/run.sh pester Rows Files        these files of tests/Pester
#   tests/Wine/run.sh core Tests.Files Tests.Tools.MecabTests
#                                              these namespaces and classes of Core.Tests
#   tests/Wine/run.sh shell -Command '...'     anything else in pwsh.exe
#   tests/Wine/run.sh chroot                   makes the chroot below
#
# Needs: the build (see CONTRIBUTING.md), python3, and the packages gcc-mingw-w64-x86-64 and wine, of Wine 10 or later
# (Wine 8 knows no DOS wildcards, so that PowerShell finds no commands). Where the system has an older one, as Debian 12
# does, "chroot" makes a Debian 13 with Wine in RUNWARETTS_WINE_CHROOT, from the mirror that this machine's apt uses; it
# needs root and the package debootstrap. Wine itself never runs as root, which may write what is read-only.
#
#   RUNWARETTS_WINE_WORK     where everything is laid out and kept for the next run (default /var/tmp/runwaretts-wine)
#   RUNWARETTS_WINE_CHROOT   a chroot that has Wine; without it the wine of this machine is used
#   RUNWARETTS_WINE_USER     the user and group, by number, that run Wine when this script is run by root (1000:1000)
#
# What it shows: names and paths, file locks and sharing, time stamps, arguments of programs, the console. What it
# cannot show: links, alternate streams, real shares, Ctrl+C in a Windows console, Windows PowerShell 5.1. HttpListener
# ends the process there, so webhooks are left out. What fails: tests of links, of the lengths of Linux paths, of proxies,
# of scripts that stand for MeCab, and now and then one whose
# emulator ends an answer early, and the tests of build.ps1 Package, which run this machine's dotnet. espeak-ng, ffmpeg and the
# emulator are those of this machine, made to look like those of Windows by tool-server.py.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=${RUNWARETTS_WINE_WORK:-/var/tmp/runwaretts-wine}
chroot=${RUNWARETTS_WINE_CHROOT:-}
user=${RUNWARETTS_WINE_USER:-1000:1000}
tools='dotnet espeak-ng ffmpeg ffprobe mecab lame flac metaflac sox oggenc opusenc'

make_chroot() {
    local mirror
    [ -n "$chroot" ] || { echo 'RUNWARETTS_WINE_CHROOT names no folder for it.' >&2; exit 2; }
    mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Origin: Debian' | head -1)
    [ -n "$mirror" ] || { echo 'apt knows no mirror of Debian here.' >&2; exit 2; }
    debootstrap --variant=minbase trixie "$chroot" "$mirror"
    chroot "$chroot" apt-get install -y --no-install-recommends wine wine64
}

# The Windows builds of .NET, of PowerShell and of a runner for xunit, from NuGet.
download() {
    local dotnet=$1 powershell=$2
    mkdir -p "$work/packages"
    {
        echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework>'
        echo '</PropertyGroup><ItemGroup>'
        for name in NETCore.App.Runtime WindowsDesktop.App.Runtime AspNetCore.App.Runtime NETCore.App.Host; do
            echo "<PackageDownload Include=\"Microsoft.$name.win-x64\" Version=\"[$dotnet]\" />"
        done
        echo "<PackageDownload Include=\"PowerShell\" Version=\"[$powershell]\" />"
        echo '<PackageDownload Include="xunit.runner.console" Version="[2.4.1]" />'
        echo '</ItemGroup></Project>'
    } > "$work/packages/packages.csproj"
    dotnet restore "$work/packages/packages.csproj" --verbosity quiet
}

lay_out() {
    local dotnet powershell cache pack framework stamp
    dotnet=$(dotnet --list-runtimes | awk '/^Microsoft.NETCore.App 10\./ { version = $2 } END { print version }')
    powershell=$(sed -n '/"powershell"/,/}/s/.*"version": "\(.*\)".*/\1/p' "$root/.config/dotnet-tools.json")
    cache=$(dotnet nuget locals global-packages --list | sed -u 's/^[^:]*: *//')
    stamp="$dotnet $powershell $(cksum < "$here/pass-on.c")"
    if [ "$(cat "$work/laid-out" 2>/dev/null)" != "$stamp" ]; then
        rm -rf "${work:?}/win"
        download "$dotnet" "$powershell"
        mkdir -p "$work/win/dotnet/host/fxr/$dotnet"
        for framework in NETCore AspNetCore WindowsDesktop; do
            pack="$cache/microsoft.${framework,,}.app.runtime.win-x64/$dotnet/runtimes/win-x64"
            mkdir -p "$work/win/dotnet/shared/Microsoft.$framework.App/$dotnet"
            cp -r "$pack"/lib/net10.0/. "$pack"/native/. "$work/win/dotnet/shared/Microsoft.$framework.App/$dotnet"
        done
        cp "$work/win/dotnet/shared/Microsoft.NETCore.App/$dotnet/hostfxr.dll" "$work/win/dotnet/host/fxr/$dotnet"
        cp -r "$cache/powershell/$powershell/tools/net10.0/any/win" "$work/win/pwsh"
        cp -r "$cache/xunit.runner.console/2.4.1/tools/netcoreapp2.0" "$work/win/xunit"
        cp "$cache/microsoft.netcore.app.host.win-x64/$dotnet/runtimes/win-x64/native/apphost.exe" "$work/win"
        mkdir -p "$work/win/tools"
        x86_64-w64-mingw32-gcc -O2 -Wall -o "$work/win/pass-on.exe" "$here/pass-on.c" -lws2_32 -lshell32
        for tool in $tools; do
            if command -v "$tool" > /dev/null; then cp "$work/win/pass-on.exe" "$work/win/tools/$tool.exe"; fi
        done
        echo "$stamp" > "$work/laid-out"
    fi
}

# What is run is a copy, so that nobody but its owner has to have rights in the clone.
copy_tests() {
    local core
    rm -rf "${work:?}/clone"
    mkdir -p "$work/clone/tests/RunwareTts.Emulator/bin" "$work/clone/artifacts"
    cp -r "$root/artifacts/RunwareTts" "$root/artifacts/Pester" "$work/clone/artifacts"
    cp -r "$root/tests/Pester" "$work/clone/tests"
    cp -r "$root/tests/RunwareTts.Emulator/bin/Release" "$work/clone/tests/RunwareTts.Emulator/bin"
    cp -r "$root"/docs "$root"/src "$root"/*.* "$work/clone"
    core="$root/tests/RunwareTts.Core.Tests/bin/Release/net10.0"
    [ -d "$core" ] || return 0
    cp -r "$core" "$work/clone/core"
    # Without a list of what it depends on, the runner finds all that lies with it.
    cp -n "$work"/win/xunit/xunit.* "$work/clone/core"
    cp "$work/clone/core/RunwareTts.Core.Tests.runtimeconfig.json" "$work/clone/core/xunit.console.runtimeconfig.json"
    rm -f "$work/clone/core/xunit.console.deps.json" "$work/clone/core/RunwareTts.Core.Tests.deps.json"
    # A host of .NET has a place for the name of what it starts.
    python3 - "$work/win/apphost.exe" "$work/clone/core/xunit.console.exe" <<'PYTHON'
import sys
mark = b"c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2"
host = open(sys.argv[1], "rb").read()
name = b"xunit.console.dll"
open(sys.argv[2], "wb").write(host.replace(mark, name + bytes(len(mark) - len(name)), 1))
PYTHON
}

# A path of this machine as Wine has it.
windows() { printf 'Z:%s' "${1//\//\\}"; }

as_user() {
    if [ -n "$chroot" ]; then chroot --userspec="$user" "$chroot" "$@"
    elif [ "$(id -u)" = 0 ]; then setpriv --reuid="${user%:*}" --regid="${user#*:}" --clear-groups "$@"
    else "$@"
    fi
}

# The collector and the code generator of .NET corrupt memory under Wine in their newer ways of working.
in_wine() {
    as_user env -i PATH=/usr/bin:/bin:/usr/lib/wine HOME="$work/home" TERM=xterm LANG=C.UTF-8 NO_COLOR=1 \
        WINEPREFIX="$work/prefix" WINEARCH=win64 WINEDEBUG=-all WINEDLLOVERRIDES='mshtml=;winemenubuilder.exe=' \
        DOTNET_ROOT="$(windows "$work/win/dotnet")" DOTNET_gcConcurrent=0 DOTNET_gcServer=0 DOTNET_TieredPGO=0 \
        DOTNET_EnableWriteXorExecute=0 DOTNET_CLI_TELEMETRY_OPTOUT=1 POWERSHELL_TELEMETRY_OPTOUT=1 \
        WINEPATH="$(windows "$work/win/tools")" RUNWARETTS_TOOL_PORT="${port:-0}" "$@"
}

# It needs a console. Its folder is one of drive C, since \usr\bin of drive Z is that of this machine.
wine_console() {
    local line
    printf -v line '%q ' wine "$@"
    in_wine script -qec "stty cols 200 rows 50; cd '$work/prefix/drive_c' && $line" /dev/null < /dev/null |
        sed -u 's/\x1b\][^\x07]*\x07//g; s/\x1b\[[0-9;?]*[A-Za-z]//g; s/\r//g'
}

make_prefix() {
    if [ ! -d "$work/prefix/drive_c" ]; then
        in_wine wineboot --init > /dev/null 2>&1
        in_wine wineserver --wait || true
    fi
}

cleanup() {
    if [ -n "${server:-}" ]; then kill "$server" 2> /dev/null || true; fi
    in_wine wineserver --kill 2> /dev/null || true
    for mounted in ${mounts:-}; do umount -l "$mounted" || true; done
}

start() {
    mkdir -p "$work/home"
    lay_out
    copy_tests
    [ "$(id -u)" != 0 ] || chown -R "$user" "$work"
    trap cleanup EXIT
    if [ -n "$chroot" ]; then
        for place in /proc /dev /dev/pts "$work"; do
            mkdir -p "$chroot$place"
            mount --bind "$place" "$chroot$place"
            mounts="$chroot$place ${mounts:-}"
        done
    fi
    coproc SERVER { as_server; }
    read -r port <&"${SERVER[0]}"
    server=$SERVER_PID
    make_prefix
}

as_server() {
    if [ "$(id -u)" = 0 ]; then
        exec setpriv --reuid="${user%:*}" --regid="${user#*:}" --clear-groups \
            env HOME="$work/home" python3 "$here/tool-server.py" "$work/prefix"
    fi
    exec python3 "$here/tool-server.py" "$work/prefix"
}

pester() {
    local folder list=''
    folder=$(windows "$work/clone/tests/Pester")
    for name in "$@"; do list+="${list:+,}'$folder\\$name.Tests.ps1'"; done
    # Progress would stand between the lines, since nothing clears it here.
    wine_console "$work/win/pwsh/pwsh.exe" -NoProfile -Command \
        "\$ProgressPreference = 'SilentlyContinue'; & '$folder\\Run.ps1' ${list:+-Path $list}; exit \$LASTEXITCODE"
}

core() {
    local filters=()
    for name in "$@"; do
        case $name in
            *?Tests) filters+=(-class "RunwareTts.$name") ;;
            *) filters+=(-namespace "RunwareTts.$name") ;;
        esac
    done
    [ $# -gt 0 ] || filters=(-nonamespace RunwareTts.Tests.Webhooks -notrait Lane=Slow)
    wine_console "$work/clone/core/xunit.console.exe" \
        "$(windows "$work/clone/core/RunwareTts.Core.Tests.dll")" -nologo -nocolor -parallel none "${filters[@]}"
}

main() {
    local kind=${1:-all} failed=0
    [ $# = 0 ] || shift
    case $kind in
        chroot) make_chroot ;;
        pester) start; pester "$@" ;;
        core) start; core "$@" ;;
        shell) start; wine_console "$work/win/pwsh/pwsh.exe" -NoProfile "$@" ;;
        all) start; core || failed=1; pester || failed=1; return $failed ;;
        *) sed -n '2,/^set /{/^set /!p}' "${BASH_SOURCE[0]}" >&2; return 2 ;;
    esac
}

main "$@"; exit
