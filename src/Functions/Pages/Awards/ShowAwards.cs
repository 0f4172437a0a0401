using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Awards;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Awards;

/// <summary>The Awarded Users page. With <c>job</c> it says what that job, just done, has come to.</summary>
public sealed class ShowAwards(CertificationService certifications, AwardListService awards, IJobStore jobs, Lists lists, OrganisationClock clock)
{
    [Function(nameof(ShowAwards)), Needs(CallerRole.Auditor), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "certifications/{code}/awards")] HttpRequest request,
        string code,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var certificationCode = input.Code(code);
        var asked = AwardFilterQuery.ReadForCertification(input.Query);
        var jobId = input.Query.Value<JobId>("job", JobId.TryParse, JobId.Rule).OrNull();
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        if (!asked().IsDone(out var filter, out var why)
            || !(await certifications.FindAsync(certificationCode, cancellationToken)).IsDone(out var certification, out why)
            || !(await awards.ListAsync(certificationCode, filter, page, cancellationToken)).IsDone(out var found, out why))
        {
            return Problem.Of(why);
        }

        var job = jobId is null ? null : (await jobs.FindAsync(jobId, cancellationToken))?.Job;
        return PageAnswer.Of<AwardsView, AwardedUsers>(new AwardedUsers(
            certification, found.Items, filter, filter.AsOf ?? clock.Today, await ListPlace.OfAsync(lists, input, found, cancellationToken), job));
    }
}

/// <param name="Day">Today, or the day as of which is asked.</param>
/// <param name="Job">What has just been done; null: nothing.</param>
public sealed record AwardedUsers(
    AwardedCertification Certification, IReadOnlyList<ListedAward> Items, AwardFilter Filter, DateOnly Day, ListPlace Place, Job? Job)
{
    public bool IsFiltered => Filter.Search is not null || Filter.Status is not null || Filter.ExpiresFrom is not null || Filter.ExpiresTo is not null || Filter.MemberOf.Count > 0 || IsPast;

    /// <summary>It shows what was, which nobody changes.</summary>
    public bool IsPast => Filter.AsOf is not null;
}
