namespace CertFunctions.Core.Directory;

internal static class BranchStoreExtensions
{
    /// <summary>To be called when somebody has joined a branch: a deletion of it that is under way, or was cut short by a crash, is called off.</summary>
    /// <returns>False: there is no such branch any more.</returns>
    public static async Task<bool> TryKeepAsync(this IBranchStore branches, LmsId id, CancellationToken cancellationToken)
    {
        var branch = await branches.FindAsync(id, cancellationToken);
        for (var attempts = new Attempts(); branch is { IsBeingDeleted: true };)
        {
            attempts.Next();
            var tree = await branches.ReadTreeAsync(cancellationToken);
            branch = tree.Find(id) is { IsBeingDeleted: true } marked
                && await branches.TryPutAsync(marked with { IsBeingDeleted = false }, tree, entry: null, cancellationToken)
                    ? marked with { IsBeingDeleted = false }
                    : tree.Find(id);
        }

        return branch is not null;
    }
}
