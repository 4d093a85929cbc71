import org.mpxj.ProjectFile;
import org.mpxj.Relation;
import org.mpxj.Task;
import org.mpxj.reader.UniversalProjectReader;

/** Says what MPXJ finds in a plan: a line a task. */
public class ReadPlan {
  public static void main(String[] files) throws Exception {
    ProjectFile plan = new UniversalProjectReader().read(files[0]);
    for (Task task : plan.getTasks()) {
      StringBuilder after = new StringBuilder();
      for (Relation relation : task.getPredecessors()) {
        after.append(relation.getPredecessorTask().getText(1)).append(':').append(relation.getType()).append(' ');
      }
      System.out.println(
          String.join(
              "\t", task.getText(1), "" + task.getOutlineLevel(), "" + task.getNumber(1), "" + task.getStart(),
              "" + task.getFinish(), "" + task.getMilestone(), "" + task.getSummary(), "" + task.getTaskMode(),
              after.toString().trim()));
    }
  }
}
