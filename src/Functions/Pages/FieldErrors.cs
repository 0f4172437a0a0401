using CertFunctions.Core;

namespace CertFunctions.Functions.Pages;

/// <summary>What is wrong with what a form says: by field, or with all of it.</summary>
public sealed class FieldErrors
{
    private readonly List<(string? Field, string Why)> all = [];

    public static FieldErrors None => new();

    public bool IsEmpty => all.Count == 0;

    /// <summary>In the order in which they were found; without a field, what no field is to blame for.</summary>
    public IReadOnlyList<(string? Field, string Why)> All => all;

    public string? Of(string field) => all.FirstOrDefault(error => error.Field == field).Why;

    /// <param name="why">A sentence.</param>
    public void Add(string? field, string why) => all.Add((field, why));

    /// <summary>What the services say of members of a request.</summary>
    /// <param name="labels">What people call a member, where a field is it.</param>
    public void Add(Rejection why, IReadOnlyDictionary<string, string> labels)
    {
        foreach (var (member, reasons) in why.Errors ?? new Dictionary<string, string[]>())
        {
            var label = labels.GetValueOrDefault(member);
            all.AddRange(reasons.Select(reason => (label is null ? null : member, $"{label ?? member} {InWords(reason, labels)}.")));
        }

        if (why.Errors is null or { Count: 0 })
        {
            Add(null, why.Detail);
        }
    }

    private static string InWords(string reason, IReadOnlyDictionary<string, string> labels) =>
        labels.Aggregate(reason, (words, label) => words.Replace(label.Key, $"“{label.Value}”", StringComparison.Ordinal));
}
