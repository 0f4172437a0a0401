namespace CertFunctions.Core.Awards;

/// <summary>Lists the awards that are held. The cost of a page depends on the page alone, never on how many awards there are.</summary>
public interface IAwardListStore
{
    /// <summary>One page. It is short, or empty, where the range leaves little of what had to be looked at.</summary>
    Task<Page<HeldAward>> ListAsync(HolderList list, PageRequest page, CancellationToken cancellationToken);

    /// <summary>The whole list, read as it is asked for, in constant memory.</summary>
    IAsyncEnumerable<HeldAward> ReadAsync(HolderList list, CancellationToken cancellationToken);

    /// <summary>What a user holds, in the order of certification codes.</summary>
    Task<Page<HeldAward>> ListOfUserAsync(LmsId userId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>What a user held and holds no longer: the unassigned versions, in the order of certification codes.</summary>
    Task<Page<HeldAward>> ListEndedOfUserAsync(LmsId userId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Every version of an award, newest first, the latest and an unassigned one included.</summary>
    /// <param name="latest">As it was just read; its predecessors never change.</param>
    Task<Page<Award>> ListVersionsAsync(Award latest, PageRequest page, CancellationToken cancellationToken);
}
