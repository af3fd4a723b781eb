using System.Runtime.InteropServices;
using System.Text.Json;

namespace RunwareTts.Emulator;

/// <summary>What a speech server saw and did. Crashes and restarts do not change it.</summary>
public sealed class SpeechRecord
{
    private const int MostRefusals = 100;
    private readonly Lock _lock = new();
    private readonly bool _lean;
    private readonly List<JsonElement> _accepted = [];
    private readonly List<string> _refusals = [];
    private readonly SortedDictionary<int, int> _refused = [];
    private readonly Dictionary<string, int> _spoken = [];
    private readonly Dictionary<string, int> _lost = [];
    private int _requests;
    private int _begun;
    private int _answered;
    private int _crashes;
    private int _peak;

    internal SpeechRecord(bool lean) => _lean = lean;

    /// <summary>Requests for speech that came in.</summary>
    public int Requests
    {
        get { lock (_lock) return _requests; }
    }

    /// <summary>Requests that it began to work on.</summary>
    public int Begun
    {
        get { lock (_lock) return _begun; }
    }

    /// <summary>Requests that got their clip.</summary>
    public int Answered
    {
        get { lock (_lock) return _answered; }
    }

    public int Crashes
    {
        get { lock (_lock) return _crashes; }
    }

    /// <summary>The most that were worked on at once.</summary>
    public int PeakConcurrency
    {
        get { lock (_lock) return _peak; }
    }

    /// <summary>The bodies of the requests that it began, in their order. Empty when lean.</summary>
    public IReadOnlyList<JsonElement> Accepted
    {
        get { lock (_lock) return [.. _accepted]; }
    }

    /// <summary>How often each HTTP status was the answer to a request for speech, but for 200.</summary>
    public IReadOnlyDictionary<int, int> Refused
    {
        get { lock (_lock) return new SortedDictionary<int, int>(_refused); }
    }

    /// <summary>The bodies of the first hundred of those answers.</summary>
    public IReadOnlyList<string> Refusals
    {
        get { lock (_lock) return [.. _refusals]; }
    }

    /// <summary>How often each text was spoken and sent.</summary>
    public IReadOnlyDictionary<string, int> Spoken
    {
        get { lock (_lock) return new Dictionary<string, int>(_spoken); }
    }

    /// <summary>How often work on a text was begun that no caller got: by a crash, or a caller who went away.</summary>
    public IReadOnlyDictionary<string, int> Lost
    {
        get { lock (_lock) return new Dictionary<string, int>(_lost); }
    }

    internal void Came()
    {
        lock (_lock) _requests++;
    }

    /// <summary>The number of this request among those begun, from 1.</summary>
    internal int Began(JsonElement body, int working)
    {
        lock (_lock)
        {
            if (!_lean) _accepted.Add(body);
            _peak = Math.Max(_peak, working);
            return ++_begun;
        }
    }

    internal void Answers(string text)
    {
        lock (_lock)
        {
            _answered++;
            CollectionsMarshal.GetValueRefOrAddDefault(_spoken, text, out _)++;
        }
    }

    internal void Loses(string text, bool hadAnswer)
    {
        // An answer that was counted already, before its connection broke.
        lock (_lock)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_lost, text, out _)++;
            if (!hadAnswer) return;
            _answered--;
            if (--_spoken[text] == 0) _spoken.Remove(text);
        }
    }

    internal void Refuses(int status, string body)
    {
        lock (_lock)
        {
            _refused[status] = _refused.GetValueOrDefault(status) + 1;
            if (_refusals.Count < MostRefusals) _refusals.Add(body);
        }
    }

    internal void Crashed()
    {
        lock (_lock) _crashes++;
    }

    internal void Forget()
    {
        lock (_lock)
        {
            _accepted.Clear();
            _refusals.Clear();
            _refused.Clear();
            _spoken.Clear();
            _lost.Clear();
            _requests = _begun = _answered = _crashes = _peak = 0;
        }
    }
}
