using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Awards;

/// <summary>Lists the awards of all certifications, in the order of certification codes, then of expiry.</summary>
public sealed class AllAwardsService(
    ICertificationStore certifications, IAwardCounts counts, IAwardListStore awards, OrganisationClock clock)
{
    /// <summary>How many certifications are looked at for one page, most of them by their count alone.</summary>
    public const int CertificationsLookedAt = 50;

    /// <summary>How many lists are read for one page.</summary>
    public const int ListsRead = 8;

    /// <summary>Short and empty pages occur: a page costs a bounded number of reads, whatever it finds.</summary>
    public async Task<Page<ListedAward>> ListAsync(AwardFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var place = Place.Parse(page.After);
        var listed = await certifications.ListAsync(
            search: null, status: null, new PageRequest(CertificationsLookedAt, place.ListedAfter), cancellationToken);
        var held = await counts.CountHoldersAsync([.. listed.Items.Select(certification => certification.Code)], cancellationToken);
        var found = new List<ListedAward>(page.Limit);
        var read = 0;
        foreach (var certification in listed.Items.Where(c => place.IsAhead(c.Code) && held[c.Code] > 0))
        {
            if (found.Count == page.Limit || read++ == ListsRead)
            {
                return new Page<ListedAward>(found, (place with { Code = certification.Code.Key, After = null }).ToString());
            }

            var list = new HolderList(certification.Code, filter.ExpiriesOn(clock.Today, certification.RenewalWindowDays), AwardSort.ExpiresOn);
            var rows = await awards.ListAsync(list, new PageRequest(page.Limit - found.Count, place.AfterIn(certification.Code)), cancellationToken);
            found.AddRange(rows.Items.Select(row => new ListedAward(certification, row.Award, row.User)));
            if (rows.Next is not null)
            {
                return new Page<ListedAward>(found, (place with { Code = certification.Code.Key, After = rows.Next }).ToString());
            }
        }

        return new Page<ListedAward>(found, listed.Next is null ? null : new Place(listed.Next, null, null).ToString());
    }

    /// <summary>Where a page begins.</summary>
    /// <param name="ListedAfter">The page of certifications to read.</param>
    /// <param name="Code">The first of them that has not been listed to its end.</param>
    /// <param name="After">How far that one has been listed.</param>
    private sealed record Place(string? ListedAfter, string? Code, string? After)
    {
        /// <summary>Occurs in no code and in no place of a store.</summary>
        private const char Separator = '\n';

        public static Place Parse(string? text)
        {
            var parts = (text ?? $"{Separator}{Separator}").Split(Separator, 3).Select(part => part.Length == 0 ? null : part).ToArray();
            return new Place(parts[0], parts[1], parts[2]);
        }

        public bool IsAhead(CertificationCode code) => Code is null || string.CompareOrdinal(code.Key, Code) >= 0;

        public string? AfterIn(CertificationCode code) => code.Key == Code ? After : null;

        public override string ToString() => $"{ListedAfter}{Separator}{Code}{Separator}{After}";
    }
}
