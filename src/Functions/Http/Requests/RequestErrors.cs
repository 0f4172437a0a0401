using CertFunctions.Core;

namespace CertFunctions.Functions.Http.Requests;

/// <summary>What is wrong with one request, by the path of the member. Keeps the first 100 paths: the answer stays readable.</summary>
internal sealed class RequestErrors
{
    public const int MaxPaths = 100;
    private const int MaxPathLength = 200;

    private readonly Dictionary<string, List<string>> byPath = [];

    public void Add(string path, string why)
    {
        var shown = path.Length <= MaxPathLength ? path : $"{path.AsSpan(0, MaxPathLength)}…";
        if (byPath.TryGetValue(shown, out var reasons))
        {
            if (!reasons.Contains(why))
            {
                reasons.Add(why);
            }
        }
        else if (byPath.Count < MaxPaths)
        {
            byPath.Add(shown, [why]);
        }
    }

    public Rejection? ToRejection()
    {
        if (byPath.Count == 0)
        {
            return null;
        }

        var (path, reasons) = byPath.First();
        var more = byPath.Count switch { 1 => "", MaxPaths => " There is more, see errors.", _ => $" {byPath.Count} members are wrong, see errors." };
        return new Rejection(
            RejectionKind.Invalid, ErrorCode.InvalidRequest, $"{path} {reasons[0]}.{more}", byPath.ToDictionary(e => e.Key, e => e.Value.ToArray()));
    }
}
