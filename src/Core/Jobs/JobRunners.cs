namespace CertFunctions.Core.Jobs;

/// <summary>Finds who carries out a job.</summary>
public sealed class JobRunners(IEnumerable<IJobRunner> runners)
{
    /// <exception cref="InvalidOperationException">Nobody does: its feature has not registered its runner.</exception>
    public IJobRunner Of(Job job) =>
        runners.FirstOrDefault(runner => runner.CarriesOut(job.Work))
        ?? throw new InvalidOperationException($"Nobody carries out a {job.Work.GetType().Name}.");
}
