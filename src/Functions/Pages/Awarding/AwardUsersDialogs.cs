using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Pages.Awarding;

/// <summary>Reads what a step of the dialog shows.</summary>
public sealed class AwardUsersDialogs(
    SourceSearch sources, SelectionResolver resolver, SelectionReader selections, ExternalTrainingService trainings, IJobStore jobs, JobProgress progress, JobResultsService results)
{
    /// <summary>More people are not counted before the plan does.</summary>
    public const int PeopleCounted = 1_000;

    private const int ResultsShown = 50;

    public async Task<IResult> ShowAsync(Certification certification, AwardUsersForm form, FieldErrors errors, CancellationToken cancellationToken)
    {
        var model = new AwardUsersModel(certification, form, errors) { People = await CountAsync(form, cancellationToken) };
        model = form.Step switch
        {
            AwardUsersStep.People => model with { Chosen = await ChosenAsync(form, cancellationToken), Found = await FoundAsync(form, cancellationToken) },
            AwardUsersStep.Association => model with { Trainings = (await trainings.ListAsync(new PageRequest(Limits.PageSize, null), cancellationToken)).Items },
            AwardUsersStep.Preview => model with { Plan = await PlanAsync(certification.Code, form.Plan, cancellationToken) },
            _ => model,
        };
        return PageAnswer.Of<AwardUsersDialog, AwardUsersModel>(model, errors.IsEmpty ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <returns>Null: it is no plan of this certification's awards.</returns>
    public async Task<AwardPlan?> PlanAsync(CertificationCode code, string id, CancellationToken cancellationToken)
    {
        if (!JobId.TryParse(id, out var jobId)
            || await jobs.FindAsync(jobId, cancellationToken) is not { Job: { IsPlan: true, Work: AwardUsersWork work } stored }
            || !work.Code.Equals(code))
        {
            return null;
        }

        var job = await progress.WithCountsAsync(stored, cancellationToken);
        var shown = job.IsFinal ? await results.ListAsync(jobId, outcome: null, new PageRequest(ResultsShown, null), cancellationToken) : new Page<JobResult>([], null);
        return new AwardPlan(job, work.Order.IssuedOn, work.Order.ExpiresOn, shown.Items, shown.Next is not null);
    }

    internal static AwardUsersRequest RequestOf(AwardUsersForm form, AwardTerms terms, string? reason) => new()
    {
        Users = form.Chosen[SourceKind.Users],
        Groups = form.Chosen[SourceKind.Groups],
        Branches = form.Chosen[SourceKind.Branches],
        IncludeSubBranches = form.IncludeSubBranches,
        Terms = terms,
        Reason = reason,
        IsPlan = true,
    };

    private async Task<int?> CountAsync(AwardUsersForm form, CancellationToken cancellationToken)
    {
        if (form.IsEmpty)
        {
            return 0;
        }

        var resolved = await resolver.ResolveAsync(RequestOf(form, new AwardTerms(null, null, false, Association.Manual), null), cancellationToken);
        return resolved.IsDone(out var selection, out _) ? (await selections.ReadUpToAsync(selection, PeopleCounted, cancellationToken))?.Count : 0;
    }

    private async Task<IReadOnlyDictionary<SourceKind, IReadOnlyList<FoundSource>>> ChosenAsync(AwardUsersForm form, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(form.Chosen.Select(async chosen => (chosen.Key, Found: await sources.FindManyAsync(chosen.Key, chosen.Value, cancellationToken))));
        return found.ToDictionary(chosen => chosen.Key, chosen => chosen.Found);
    }

    private async Task<IReadOnlyDictionary<SourceKind, IReadOnlyList<FoundSource>>> FoundAsync(AwardUsersForm form, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(form.Searches.Select(async search => (search.Key, Found: await sources.FindAsync(search.Key, search.Value, cancellationToken))));
        return found.ToDictionary(
            search => search.Key, search => (IReadOnlyList<FoundSource>)[.. search.Found.Where(source => !form.Chosen[search.Key].Contains(source.Id))]);
    }
}
