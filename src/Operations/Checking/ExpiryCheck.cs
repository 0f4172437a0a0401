using CertFunctions.Functions.Storage.Awards;

namespace CertFunctions.Operations.Checking;

/// <summary>The marks of days on which awards of a certification expire (E) against the truths: by them the awards of all certifications are found.</summary>
internal static class ExpiryCheck
{
    public static IEnumerable<string> Find(StoreContent content)
    {
        var wanted = content.Rows('U').Select(row => (row.PartitionKey, AwardRow.Read(row).Award)).Where(truth => truth.Award.Held)
            .Select(truth => (truth.PartitionKey, Key: AwardKeys.OfExpiry(truth.Award.ExpiresOn, truth.Award.CertificationCode))).ToHashSet();
        var marked = content.Rows('E').Select(row => (row.PartitionKey, Key: row.RowKey)).ToHashSet();
        return wanted.Except(marked).Select(mark => $"{mark.Key} in shard {mark.PartitionKey}: is missing, although an award expires then")
            .Concat(marked.Except(wanted).Select(mark => $"{mark.Key} in shard {mark.PartitionKey}: no award expires then"));
    }
}
