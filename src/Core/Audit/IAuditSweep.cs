namespace CertFunctions.Core.Audit;

/// <summary>Records what a crash left between a change and its entry.</summary>
public interface IAuditSweep
{
    /// <returns>How many entries it recorded.</returns>
    /// <exception cref="AggregateException">Some could not be looked after; the others were.</exception>
    Task<int> RunAsync(CancellationToken cancellationToken);
}
