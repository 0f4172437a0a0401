using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;
using CertFunctions.Core.Lms;

namespace CertFunctions.Functions.Storage.Audit;

/// <summary>What the audit shows of a thing before and after its change: the members that callers know, as they are called in its answers.</summary>
internal static class AuditedState
{
    /// <exception cref="ArgumentException">Nothing is known of how to show it: a bug of ours.</exception>
    public static object? Of(object? state) => state switch
    {
        null => null,
        Award award => new { award.IssuedOn, award.ExpiresOn, award.AlwaysValid, award.Association, award.Version },
        Certification certification => new
        {
            certification.Code,
            certification.Title,
            certification.Description,
            certification.Validity,
            certification.RenewalWindowDays,
            certification.Renewal,
            certification.Activities,
            certification.Status,
        },
        User user => new { UserId = user.Id, user.Username, user.FirstName, user.LastName, user.Email, user.BranchId, user.Active },
        Group group => new { group.Id, group.Name },
        GroupMember member => new { member.GroupId, member.UserId },
        Branch branch => new { branch.Id, branch.Name, branch.ParentId },
        ExternalTraining training => new { training.Id, training.Title, training.Provider },
        DeadLetter letter => new { Id = letter.Id.Value, letter.Element.MessageId, letter.Element.Event, letter.Code, letter.Detail },
        KnownWebhookSettings known => new { known.Secrets, known.Username, known.Password },
        Job job => new
        {
            Id = job.Id.Value,
            job.Kind,
            CertificationCode = job.Work.About,
            File = job.Work.FilePath,
            Results = $"/api/jobs/{job.Id}/results",
        },
        _ => throw new ArgumentException($"The audit does not know how to show a {state.GetType().Name}.", nameof(state)),
    };
}
