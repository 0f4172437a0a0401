using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage.Awards;

namespace CertFunctions.Operations.Checking;

/// <summary>Completions and the marks of their use (F) against each other, against users, and against the awards that were made for them.</summary>
internal static class CompletionCheck
{
    public static IEnumerable<string> Find(StoreContent content)
    {
        foreach (var row in content.Rows('F'))
        {
            var (completion, code) = AwardKeys.ReadCompletion(row.RowKey);
            if (row.PartitionKey != AwardKeys.Partition(Shard.Of(completion.UserId)))
            {
                yield return $"{row.RowKey}: lies in shard {row.PartitionKey}, where its user is not";
            }

            if (code is not null && !content.Awards.ContainsKey((row.PartitionKey, AwardKeys.OfCompletion(completion))))
            {
                yield return $"{row.RowKey}: the completion was used, but is not kept";
            }

            if (!content.Users.ContainsKey(completion.UserId))
            {
                yield return $"{row.RowKey}: nobody knows the user";
            }
        }

        var retroactive = content.Jobs.Where(job => job.Work.Kind == JobKind.Retroactive).Select(job => job.Id).ToHashSet();
        var ofAwards = content.Rows('U').Concat(content.Rows('H')).Select(row => AwardRow.Read(row).Award).GroupBy(award => (award.UserId, award.CertificationCode));
        foreach (var award in ofAwards.SelectMany(versions => NotUndone([.. versions])).Where(award => IsForCompletion(award, retroactive)))
        {
            var mark = AwardKeys.Mark(new Completion(award.UserId, ActivityOf(award.Association), null, award.IssuedOn), award.CertificationCode);
            if (!content.Awards.ContainsKey((AwardKeys.Partition(Shard.Of(award.UserId)), mark)))
            {
                yield return $"{mark}: version {award.Version} was awarded for it, but it was not used";
            }
        }
    }

    /// <summary>The versions of an award that no undo has taken back; one that was undone in its turn took nothing back.</summary>
    private static IEnumerable<Award> NotUndone(IReadOnlyList<Award> versions)
    {
        var restores = versions.Where(version => version.Restores is not null).ToDictionary(version => version.Version, version => version.Restores!.Value);
        return versions.Where(version => restores.Keys.Where(later => later > version.Version).DefaultIfEmpty().Max() is not (> 0 and var last) || FirstOf(last) >= version.Version);

        int FirstOf(int version) => restores.TryGetValue(version, out var former) ? FirstOf(former) : version;
    }

    /// <summary>Made by a message or by a retroactive job. What the completion of a training by hand made looks like any other award by hand.</summary>
    private static bool IsForCompletion(Award award, HashSet<JobId> retroactive) =>
        award.Change is { Type: AwardChangeType.Awarded or AwardChangeType.Renewed, Origin: { } origin }
        && (origin.MessageId is not null || (origin.JobId is { } jobId && retroactive.Contains(jobId)));

    private static Activity ActivityOf(Association association) => new(
        association.Type == AssociationType.ExternalTraining ? ActivityType.ExternalTraining : association.ActivityType!.Value,
        association.ActivityId!);
}
