using CertFunctions.Core.Certifications;

namespace CertFunctions.Functions.Storage.Certifications;

/// <summary>Which of the active certifications list which activity.</summary>
/// <param name="state">Names the state of all certifications that it was made of; null: nobody has named one yet.</param>
/// <param name="active">In the order of codes.</param>
internal sealed class ListedActivities(string? state, IEnumerable<Certification> active)
{
    private readonly ILookup<Activity, Certification> byActivity = active
        .SelectMany(certification => certification.Activities.Distinct().Select(activity => (activity, certification)))
        .ToLookup(listed => listed.activity, listed => listed.certification);

    public string? State => state;

    public IReadOnlyList<Certification> Listing(Activity activity) => [.. byActivity[activity]];
}
